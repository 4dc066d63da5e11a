using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace LinkGateway.Core.Configuration;

/// <summary>
/// Reads a configuration in three passes, so that all errors are known at once: shape (<see cref="ShapeChecker"/>: names, types, required
/// values), meaning (<see cref="ConfigurationRules"/>: ids, references, bounds) and the files that it names: certificates, holidays.
/// </summary>
static class ConfigurationReader
{
    static readonly JsonDocumentOptions DocumentOptions =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static ConfigurationResult Read(ReadOnlyMemory<byte> utf8, string basePath, IConfigurationHost host)
    {
        var errors = new ErrorList();
        var certificates = new Dictionary<string, X509Certificate2>(StringComparer.Ordinal);

        if (ReadShape(WithoutByteOrderMark(utf8), basePath, errors) is not { } configuration) return new() { Errors = errors.All };
        ConfigurationRules.Check(configuration, errors);
        CertificateRules.Check(configuration, host, certificates, errors);
        var holidays = HolidayRules.Check(configuration, host, errors);

        return errors.All.Count > 0
            ? new() { Errors = errors.All }
            : new() { Snapshot = new ConfigurationSnapshot(configuration, certificates, holidays) };
    }

    static GatewayConfiguration? ReadShape(ReadOnlyMemory<byte> utf8, string basePath, ErrorList errors)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, DocumentOptions);
            ReadEveryText(utf8.Span);
            return new ShapeChecker(basePath, errors).Read(document.RootElement);
        }
        catch (JsonException e)
        {
            errors.Add("$", $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} is no JSON: {FirstSentence(e.Message)}",
                "Mend the text there; comments and trailing commas are allowed");
            return null;
        }
    }

    /// <summary>Finds escaped halves of surrogate pairs: a document holds them, but nothing can be made of them later.</summary>
    static void ReadEveryText(ReadOnlySpan<byte> utf8)
    {
        var options = new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        var reader = new Utf8JsonReader(utf8, options);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException e)
            {
                var before = utf8[..(int)reader.TokenStartIndex];
                throw new JsonException("a text with half a surrogate pair", path: null, before.Count((byte)'\n'),
                    before.Length - before.LastIndexOf((byte)'\n') - 1, e);
            }
        }
    }

    static string FirstSentence(string message) => message.Split(". ")[0].TrimEnd('.');

    static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
}
