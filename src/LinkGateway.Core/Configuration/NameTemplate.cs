using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Configuration;

/// <summary>How a published file is named: a text with placeholders in braces. Whatever the values hold, the result is one name in the folder.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
[JsonConverter(typeof(NameTemplateConverter))]
public sealed record NameTemplate
{
    /// <summary>Longest name in UTF-8 bytes: 255 of common file systems, less what control files, numbers and temporary names add.</summary>
    public const int MaxNameBytes = 200;

    /// <summary>The placeholders that may be used, without braces.</summary>
    public static IReadOnlyList<string> Placeholders { get; } =
        ["fileName", "transferId", "origin", "interface", "receiver", "deliveryId", "replay"];

    // Reserved on Windows or a separator somewhere; a receiver may mount the folder from another system.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    private readonly CompositeFormat _format;

    private NameTemplate(string text, CompositeFormat format) => (Text, _format) = (text, format);

    /// <summary><c>{fileName}</c>.</summary>
    public static NameTemplate Default { get; } = TryParse("{fileName}", out var template, out _) ? template : throw new InvalidOperationException();

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="template">The template.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out NameTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        template = null;
        var format = new StringBuilder();
        problem = text.Length == 0 ? "it is empty" : null;
        for (var i = 0; i < text.Length && problem is null; i++)
        {
            if (text[i] == '{')
            {
                var end = text.IndexOf('}', i);
                var name = end < 0 ? text[i..] : text[(i + 1)..end];
                var index = Placeholders.ToList().IndexOf(name);
                if (index < 0)
                {
                    problem = $"'{name}' is no placeholder";
                    break;
                }
                format.Append(CultureInfo.InvariantCulture, $"{{{index}}}");
                i = end;
            }
            else if (text[i] == '}' || Forbidden.Contains(text[i]) || char.IsControl(text[i]))
            {
                problem = $"it holds the character '{text[i]}', which no file name may hold";
            }
            else
            {
                format.Append(text[i]);
            }
        }
        if (problem is not null) return false;
        template = new(text, CompositeFormat.Parse(format.ToString()));
        return true;
    }

    /// <summary>The name for one delivery: a single path segment, never <c>.</c>, <c>..</c>, hidden or a device name.</summary>
    /// <returns>The name, or the refusal when it is empty or longer than <see cref="MaxNameBytes"/>.</returns>
    public Outcome<string> Expand(NameTemplateValues values)
    {
        var name = string.Format(CultureInfo.InvariantCulture, _format,
            values.FileName, values.TransferId, values.Origin, values.Interface, values.Receiver, values.DeliveryId, values.Replay);

        // A leading dot would hide the file or meet the gateway's own .linkgw; trailing dots and spaces vanish on Windows.
        var safe = string.Create(name.Length, name, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = Forbidden.Contains(source[i]) || char.IsControl(source[i]) || char.IsSurrogate(source, i) && !IsPaired(source, i)
                    ? '_'
                    : source[i];
        }).TrimEnd(' ', '.');
        if (safe.StartsWith('.')) safe = "_" + safe[1..];

        if (safe.Length == 0) return new Refusal(ErrorCatalogue.FieldInvalid, "fileName", $"the template {Text} makes an empty name of it");
        if (Encoding.UTF8.GetByteCount(safe) > MaxNameBytes)
            return new Refusal(ErrorCatalogue.FieldInvalid, "fileName",
                $"the template {Text} makes a name of more than {MaxNameBytes} bytes of it");
        return safe;
    }

    /// <summary>Two templates are equal when their texts are.</summary>
    public bool Equals(NameTemplate? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The template as written.</summary>
    public override string ToString() => Text;

    private static bool IsPaired(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);
}
