using System.Globalization;
using System.Text;

namespace LinkGateway.Core.Configuration;

/// <summary>Reads files of holidays: a date a line, what follows a comma or a space is a remark.</summary>
/// <remarks>
/// The list of the Cabinet Office (syukujitsu.csv: a heading, <c>2026/1/1,元日</c>, Shift_JIS) is read as it is: only the dates matter,
/// and they are ASCII in every encoding that lists come in.
/// </remarks>
static class HolidayFile
{
    static readonly string[] Forms = ["yyyy-MM-dd", "yyyy/M/d"];

    /// <summary>Reads the dates.</summary>
    /// <exception cref="FormatException">A line is no date; the message says which.</exception>
    public static IReadOnlyList<DateOnly> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var dates = new List<DateOnly>();
        foreach (var (index, line) in Encoding.Latin1.GetString(bytes).Split('\n').Index())
        {
            var text = line.Split([',', ' ', '\t', '\r'], 2)[0].Trim('"');
            if (text.Length == 0 || text[0] == '#') continue;
            if (DateOnly.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) dates.Add(date);
            else if (index > 0) throw new FormatException($"line {index + 1} begins with no date such as 2026-01-01 or 2026/1/1");
        }

        return dates.Count > 0 ? dates : throw new FormatException("it holds no date");
    }
}
