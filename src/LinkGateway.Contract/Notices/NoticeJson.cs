using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace LinkGateway.Contract.Notices;

/// <summary>How a notice is written: camelCase names and values, absent values left out, Japanese readable.</summary>
public static class NoticeJson
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The notice as UTF-8.</summary>
    public static byte[] Write(Notice notice) => JsonSerializer.SerializeToUtf8Bytes(notice, Options);

    /// <summary>Reads a notice.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Notice Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<Notice>(utf8, Options) ?? throw new JsonException("The notice is null.");
}
