using System.Globalization;

namespace LinkGateway.Storage.Sqlite;

/// <summary>
/// Instants in the database: the instant in UTC with seven decimals, <c>Z</c>, and the offset that it was stated with, such as
/// <c>2026-04-01T00:30:00.0000000Z+09:00</c>. Text order is the order of the instants, and the offset, which receipts and manifests
/// need, survives.
/// </summary>
static class Instant
{
    const string Utc = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    const int UtcLength = 28;

    public static string Format(DateTimeOffset value) =>
        value.UtcDateTime.ToString(Utc, CultureInfo.InvariantCulture) + value.ToString("zzz", CultureInfo.InvariantCulture);

    /// <summary>
    /// A text that comes after <paramref name="value"/> with any offset, and before every later instant: for <c>&lt;=</c>.
    /// </summary>
    public static string UpperBound(DateTimeOffset value) => value.UtcDateTime.ToString(Utc, CultureInfo.InvariantCulture) + "~";

    public static DateTimeOffset Parse(string text)
    {
        var instant = DateTimeOffset.ParseExact(
            text.AsSpan(0, UtcLength),
            Utc,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var offset = TimeSpan.ParseExact(text.AsSpan(UtcLength + 1), "hh\\:mm", CultureInfo.InvariantCulture);
        return instant.ToOffset(text[UtcLength] == '-' ? -offset : offset);
    }
}
