using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>Sizes: a number of bytes, or a text with a binary unit: <c>512KiB</c>, <c>16MiB</c>, <c>4GiB</c>, <c>1TiB</c>.</summary>
sealed class ByteSizeConverter : JsonConverter<long>
{
    static readonly (string Unit, int Shift)[] Units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40), ("B", 0)];

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var bytes)) return bytes;
        if (reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out bytes)) return bytes;
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    static bool TryParse(string text, out long bytes)
    {
        foreach (var (unit, shift) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            var digits = text.AsSpan(0, text.Length - unit.Length).TrimEnd(' ');
            if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue >> shift)
            {
                bytes = count << shift;
                return true;
            }
            break;
        }
        bytes = 0;
        return false;
    }
}
