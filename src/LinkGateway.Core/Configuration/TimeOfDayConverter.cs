using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>Times of day as <c>HH:mm</c>; 24:00 is how people write the end of a day, and is read as 00:00.</summary>
sealed class TimeOfDayConverter : JsonConverter<TimeOnly>
{
    const string Form = "HH:mm";

    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        var text = reader.GetString()!;
        if (text == "24:00") return TimeOnly.MinValue;
        return TimeOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Form, CultureInfo.InvariantCulture));
}
