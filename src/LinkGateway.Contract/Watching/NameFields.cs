using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Watching;

/// <summary>
/// Reads fields of a manifest out of the names of files: the named groups of a regular expression. A group that has the name of a field
/// fills it, any other becomes a property. Immutable and thread-safe.
/// </summary>
public sealed class NameFields
{
    // The engine that never goes back: a name cannot make it slow, whatever the expression is.
    const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    static readonly string[] Dates = ["yyyyMMdd", "yyyy-MM-dd"];

    static readonly Dictionary<string, Func<Manifest, string, Manifest?>> Fields = new(StringComparer.Ordinal)
    {
        ["kind"] = (manifest, text) => manifest with { Kind = text },
        ["interfaceVersion"] = (manifest, text) => manifest with { InterfaceVersion = text },
        ["businessUnit"] = (manifest, text) => manifest with { BusinessUnit = text },
        ["baseDate"] = (manifest, text) =>
            DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? manifest with { BaseDate = date }
                : null,
        ["layoutVersion"] = (manifest, text) => manifest with { LayoutVersion = text },
        ["dataClass"] = (manifest, text) => manifest with { DataClass = text },
        ["orderGroup"] = (manifest, text) => manifest with { OrderGroup = text },
        ["orderSequence"] = (manifest, text) => Number(text) is { } number ? manifest with { OrderSequence = number } : null,
        ["setId"] = (manifest, text) => manifest with { SetId = text },
        ["setIndex"] = (manifest, text) => Number(text) is { } number and <= int.MaxValue ? manifest with { SetIndex = (int)number } : null,
        ["setCount"] = (manifest, text) => Number(text) is { } number and <= int.MaxValue ? manifest with { SetCount = (int)number } : null,
        ["recordCount"] = (manifest, text) => Number(text) is { } number ? manifest with { RecordCount = number } : null,
        ["charset"] = (manifest, text) => manifest with { Charset = text },
        ["receiver"] = (manifest, text) => manifest with { Receivers = [text] },
    };

    readonly Regex _pattern;

    NameFields(Regex pattern) => _pattern = pattern;

    /// <summary>The names of groups that fill fields.</summary>
    public static IReadOnlyCollection<string> FieldNames => Fields.Keys;

    /// <summary>Reads an expression.</summary>
    /// <param name="pattern">The expression; it must match the whole name.</param>
    /// <param name="fields">What it makes.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(
        string pattern, [NotNullWhen(true)] out NameFields? fields, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (fields, problem) = (new NameFields(new Regex($@"\A(?:{pattern})\z", Options)), null);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            (fields, problem) = (null, e.Message);
            return false;
        }
    }

    /// <summary>Fills a manifest from the name of its file.</summary>
    /// <param name="manifest">What is known without the name.</param>
    /// <param name="name">The name.</param>
    /// <param name="problem">Why the name does not fit; null when it does.</param>
    /// <returns>The manifest; as it was when the name does not fit.</returns>
    public Manifest Fill(Manifest manifest, string name, out string? problem)
    {
        var match = _pattern.Match(name);
        problem = match.Success ? null : "the name does not match the pattern";
        if (problem is not null) return manifest;
        var filled = manifest;
        foreach (var group in match.Groups.Values.Where(group => group.Name != "0" && group is { Success: true, Length: > 0 }))
        {
            var next = Fields.TryGetValue(group.Name, out var set)
                ? set(filled, group.Value)
                : filled with { Properties = [.. filled.Properties, new NameValue(group.Name, group.Value)] };
            if (next is null)
            {
                problem = $"'{group.Value}' in the name is no {group.Name}";
                return manifest;
            }

            filled = next;
        }

        return filled;
    }

    static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
