using System.Globalization;
using System.Xml;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Wire;

/// <summary>The simple types of the contract. What is written is the XSD canonical form, so that equal values are equal texts.</summary>
static class FieldTypes
{
    const NumberStyles Digits = NumberStyles.AllowLeadingSign;

    public static readonly FieldType<long> Long = new("xs:long",
        (text, _) => long.TryParse(text, Digits, CultureInfo.InvariantCulture, out var value) ? value : null,
        value => value.ToString(CultureInfo.InvariantCulture));

    public static readonly FieldType<int> Int = new("xs:int",
        (text, _) => int.TryParse(text, Digits, CultureInfo.InvariantCulture, out var value) ? value : null,
        value => value.ToString(CultureInfo.InvariantCulture));

    public static readonly FieldType<bool> Boolean = new("xs:boolean",
        (text, _) => text switch { "true" or "1" => true, "false" or "0" => false, _ => null },
        value => value ? "true" : "false");

    public static readonly FieldType<Sha256Digest> Digest = new("SHA-256, 64 × [0-9a-f]",
        (text, _) => Sha256Digest.TryParse(text, out var value) ? value : null,
        value => value.ToString());

    public static readonly FieldType<DateOnly> Date = new("xs:date", ParseDate,
        value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>An instant, written in UTC without trailing zeros.</summary>
    public static readonly FieldType<DateTimeOffset> Instant = new("xs:dateTime", ParseInstant,
        value => value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z");

    /// <summary>An instant with the offset at which it was recorded, for receipts.</summary>
    public static readonly FieldType<DateTimeOffset> OffsetInstant = new("xs:dateTime", ParseInstant,
        value => value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));

    // Java's XMLGregorianCalendar writes a zone behind an xs:date; it says nothing of the day meant.
    static DateOnly? ParseDate(string text, TimeZoneInfo zone)
    {
        const int Length = 10; // yyyy-MM-dd
        if (text.Length < Length || !IsZone(text.AsSpan(Length))) return null;
        return DateOnly.TryParseExact(text.AsSpan(0, Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
    }

    static bool IsZone(ReadOnlySpan<char> text) =>
        text is "" or "Z" || (text.Length == 6 && text[0] is '+' or '-' && text[3] == ':');

    static DateTimeOffset? ParseInstant(string text, TimeZoneInfo zone)
    {
        // XmlConvert takes every XSD date type, down to a bare year.
        if (text.Length < "yyyy-MM-ddTHH:mm:ss".Length || text[10] != 'T') return null;
        try
        {
            var dateTime = XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.RoundtripKind);
            return dateTime.Kind == DateTimeKind.Unspecified
                ? new DateTimeOffset(dateTime, zone.GetUtcOffset(dateTime))
                : XmlConvert.ToDateTimeOffset(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
