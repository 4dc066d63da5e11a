using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>Secrets as text; what is no reference is refused, and never repeated in an error.</summary>
sealed class SecretReferenceConverter : JsonConverter<SecretReference>
{
    public override SecretReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && SecretReference.TryParse(reader.GetString()!, out var secret)
            ? secret
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, SecretReference value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
