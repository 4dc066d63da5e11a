using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Configuration;

/// <summary>How a published file is named: a text with placeholders in braces.</summary>
/// <remarks>Whatever the values hold, the result is one name in the folder. Immutable and thread-safe.</remarks>
[JsonConverter(typeof(NameTemplateConverter))]
public sealed partial record NameTemplate
{
    /// <summary>Longest name in UTF-8 bytes: 255 of common file systems, less what control files and numbers add.</summary>
    public const int MaxNameBytes = 200;

    /// <summary>The placeholders that may be used, without braces.</summary>
    public static IReadOnlyList<string> Placeholders { get; } =
        ["fileName", "transferId", "origin", "interface", "receiver", "deliveryId", "replay"];

    // Reserved on Windows or a separator somewhere; a receiver may mount the folder from another system.
    static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    NameTemplate(string text) => Text = text;

    /// <summary><c>{fileName}</c>.</summary>
    public static NameTemplate Default { get; } = new("{fileName}");

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Reads a template; <paramref name="problem"/> says what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NameTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        var unknown = Placeholder().Matches(text).Select(match => match.Groups[1].Value)
            .FirstOrDefault(name => !Placeholders.Contains(name));
        var literal = Placeholder().Replace(text, "");
        problem =
            text.Length == 0 ? "it is empty"
            : unknown is not null ? $"'{{{unknown}}}' is no placeholder"
            : literal.Any(c => c is '{' or '}' || Forbidden.Contains(c) || char.IsControl(c))
                ? $"'{literal}' holds a character that no file name may hold"
            : null;
        template = problem is null ? new(text) : null;
        return template is not null;
    }

    /// <summary>The name for one delivery: a single path segment, never <c>.</c>, <c>..</c>, hidden or a device name.</summary>
    /// <returns>The name, or the refusal when it is empty or longer than <see cref="MaxNameBytes"/>.</returns>
    public Outcome<string> Expand(NameTemplateValues values)
    {
        var safe = Sanitise(Placeholder().Replace(Text, match => values.ValueOf(match.Groups[1].Value)));
        if (safe.Length == 0) return new Refusal(ErrorCatalogue.FieldInvalid, "fileName", $"the template {Text} makes an empty name of it");
        if (Encoding.UTF8.GetByteCount(safe) > MaxNameBytes)
            return new Refusal(ErrorCatalogue.FieldInvalid, "fileName",
                $"the template {Text} makes a name of more than {MaxNameBytes} bytes of it");
        return safe;
    }

    /// <summary>The template as written.</summary>
    public override string ToString() => Text;

    static string Sanitise(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            // Half a surrogate pair comes as the replacement character.
            var unsafeRune = Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.IsBmp && Forbidden.Contains((char)rune.Value);
            safe.Append(unsafeRune ? "_" : rune.ToString());
        }

        // Trailing dots and spaces vanish on Windows; a leading dot would hide the file or meet the gateway's own .linkgw.
        var result = safe.ToString().TrimEnd(' ', '.');
        if (result.StartsWith('.')) return "_" + result[1..];
        return DeviceName().IsMatch(result) ? "_" + result : result;
    }

    [GeneratedRegex(@"\{([^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    // Windows keeps these names for devices, whatever the extension.
    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\.|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceName();
}
