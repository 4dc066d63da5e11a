using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LinkGateway.Cli.Texts;

/// <summary>Sizes and durations as people write and read them.</summary>
static class Quantities
{
    static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Reads <c>16MiB</c>, <c>64 KiB</c>, <c>1GiB</c> or a number of bytes.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        var (number, unit) = Split(text);
        var power = unit.Length == 0 ? 0 : Array.FindIndex(Units, one => one.Equals(unit, StringComparison.OrdinalIgnoreCase));
        if (power < 0 || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        if (count > long.MaxValue >> (10 * power)) return false;
        bytes = count << (10 * power);
        return true;
    }

    /// <summary>Reads <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>1d</c> or a number of seconds.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var (number, unit) = Split(text);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        var seconds = unit switch { "" or "s" => 1, "m" => 60, "h" => 3_600, "d" => 86_400, _ => 0 };
        duration = TimeSpan.FromSeconds((long)count * seconds);
        return seconds > 0;
    }

    /// <summary>A size in the largest unit that leaves a number of at least 1.</summary>
    public static string Size(double bytes)
    {
        var power = 0;
        for (; bytes >= 1024 && power < Units.Length - 1; power++) bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Units[power]}");
    }

    /// <summary>Hours, minutes and seconds.</summary>
    public static string Time(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");

    /// <summary>Reads <c>2026-11-22</c>.</summary>
    public static bool TryParseDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Reads a date and time with offset (ISO 8601).</summary>
    public static bool TryParseInstant(string text, [NotNullWhen(true)] out DateTimeOffset? instant)
    {
        instant = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var parsed) ? parsed : null;
        return instant is not null;
    }

    static (string Number, string Unit) Split(string text)
    {
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        return (trimmed[..digits], trimmed[digits..].Trim());
    }
}
