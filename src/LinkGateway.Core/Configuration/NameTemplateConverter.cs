using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>Name templates as text.</summary>
sealed class NameTemplateConverter : JsonConverter<NameTemplate>
{
    public override NameTemplate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        return NameTemplate.TryParse(reader.GetString()!, out var template, out var problem)
            ? template
            : throw new FormatException(problem);
    }

    public override void Write(Utf8JsonWriter writer, NameTemplate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
