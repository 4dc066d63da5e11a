using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>Instants as people state them.</summary>
sealed class StatedInstantConverter : JsonConverter<StatedInstant>
{
    public override StatedInstant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        return StatedInstant.TryParse(reader.GetString()!, out var instant) ? instant : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, StatedInstant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
