using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using LinkGateway.Core.Calendars;

namespace LinkGateway.Core.Configuration;

/// <summary>
/// An instant as people state it: <c>2026-12-29T18:00</c> in the gateway's time zone, or with an offset of its own. Immutable.
/// </summary>
[JsonConverter(typeof(StatedInstantConverter))]
public sealed record StatedInstant
{
    // What lies outside is a slip of the hand, and near the ends of the calendar no zone can be reckoned with.
    const int FirstYear = 2000;
    const int LastYear = 9000;

    static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
    static readonly string[] OffsetForms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    readonly DateTime _local;
    readonly DateTimeOffset? _instant;

    StatedInstant(string text, DateTime local, DateTimeOffset? instant) => (Text, _local, _instant) = (text, local, instant);

    /// <summary>The text as written.</summary>
    public string Text { get; }

    /// <summary>Reads the text.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StatedInstant? instant)
    {
        instant = null;
        if (DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            instant = new(text, local, null);
        else if (DateTimeOffset.TryParseExact(
            text, OffsetForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stated))
            instant = new(text, stated.DateTime, stated);
        return instant?._local.Year is >= FirstYear and <= LastYear;
    }

    /// <summary>The instant; <paramref name="zone"/> is that of texts without offset.</summary>
    public DateTimeOffset In(TimeZoneInfo zone) => _instant ?? LocalTimes.ToInstant(_local, zone);

    /// <summary>The text as written.</summary>
    public override string ToString() => Text;
}
