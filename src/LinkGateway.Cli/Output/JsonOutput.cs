using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Cli.Output;

/// <summary>Writes results as JSON: camelCase names, absent values left out, digests as hexadecimal digits.</summary>
static class JsonOutput
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Japanese texts stay readable in a job's log.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new DigestConverter() },
    };

    static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    public static void Write(TextWriter output, object value) => output.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Writes a result among others: each has a line.</summary>
    public static void WriteLine(TextWriter output, object value) => output.WriteLine(JsonSerializer.Serialize(value, OneLine));

    sealed class DigestConverter : JsonConverter<Sha256Digest>
    {
        public override Sha256Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Sha256Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Sha256Digest value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
