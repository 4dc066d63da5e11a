using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LinkGateway.Core.Configuration;

/// <summary>The words in which errors of shape name what was found and what belongs there.</summary>
static class ShapeTexts
{
    const int LongestFound = 60;

    static readonly Dictionary<Type, string> Expectations = new()
    {
        [typeof(string)] = "a text in quotes",
        [typeof(bool)] = "true or false",
        [typeof(int)] = "a whole number",
        [typeof(long)] = "a number of bytes, or a text such as \"16MiB\" (KiB, MiB, GiB, TiB)",
        [typeof(TimeSpan)] = "a time as \"d.hh:mm:ss\" or \"hh:mm:ss\", such as \"7.00:00:00\" for seven days",
        [typeof(DateOnly)] = "a date as \"yyyy-MM-dd\"",
        [typeof(TimeOnly)] = "a time of day as \"HH:mm\", such as \"22:00\"",
        [typeof(StatedInstant)] = "a date and time as \"yyyy-MM-ddTHH:mm\", such as \"2026-12-29T18:00\", with an offset where it is not "
            + "in the gateway's time zone",
        [typeof(Uri)] = "an address such as \"https://host:8443\"",
        [typeof(NameTemplate)] =
            "a file name with placeholders of " + string.Join(", ", NameTemplate.Placeholders.Select(name => $"{{{name}}}")),
        [typeof(SecretReference)] = "\"env:NAME\" or \"file:PATH\" (for callers of this gateway also a \"pbkdf2-sha256$…\" hash); "
            + "a secret itself never stands in this file",
    };

    public static string Expected(JsonTypeInfo type)
    {
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (Expectations.TryGetValue(plain, out var text)) return text;
        if (plain.IsEnum)
        {
            var names = Enum.GetNames(plain).Select(name => $"\"{JsonNamingPolicy.CamelCase.ConvertName(name)}\"");
            return "one of " + string.Join(", ", names);
        }
        return type.Kind == JsonTypeInfoKind.Enumerable ? "a list in brackets" : "an object in braces";
    }

    public static string Found(JsonElement value)
    {
        var text = value.GetRawText();
        return value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ => text.Length <= LongestFound ? text : text[..LongestFound] + "…",
        };
    }

    /// <summary>The message that a converter of ours gave; null for the serialiser's own.</summary>
    public static string? ProblemOf(Exception e) => e is FormatException ? e.Message : null;
}
