using System.Text.Json;
using System.Text.Json.Serialization;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Archives;

/// <summary>Digests as 64 hexadecimal digits.</summary>
sealed class DigestTextConverter : JsonConverter<Sha256Digest>
{
    public override Sha256Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Sha256Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("It is no SHA-256.");

    public override void Write(Utf8JsonWriter writer, Sha256Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
