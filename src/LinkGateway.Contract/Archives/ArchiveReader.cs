using System.IO.Compression;
using System.Text.Json;

namespace LinkGateway.Contract.Archives;

/// <summary>Reads archive files.</summary>
/// <remarks>
/// The file <c>journal-NNNNNNNNN.jsonl.gz</c>: gzip of UTF-8 text, a JSON object a line. The first is an <see cref="ArchiveHeader"/>, each
/// other one an <see cref="ArchivedTransfer"/>; receipts stand in it in base64, byte for byte. The statement whose number the file has
/// (<c>statements/statement-NNNNNNNNN.xml</c>) holds its name, size and SHA-256 and is signed with the key of the gateway's receipts:
/// <c>linkgw verify</c> checks both.
/// </remarks>
public static class ArchiveReader
{
    /// <summary>How the names of archive files end.</summary>
    public const string Extension = ".jsonl.gz";

    /// <summary>The transfers in a file, one after the other.</summary>
    /// <param name="file">The content of the file.</param>
    /// <exception cref="InvalidDataException">It is no archive file, or is damaged.</exception>
    public static IEnumerable<ArchivedTransfer> Read(Stream file)
    {
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var header = Parse(text.ReadLine() ?? "", line => JsonSerializer.Deserialize(line, ArchiveJson.Default.ArchiveHeader));
        if (header is not { Format: ArchiveHeader.FormatName, Version: 1 })
            throw new InvalidDataException("It is no archive file of a journal in version 1.");
        while (text.ReadLine() is { } line)
        {
            var transfer = Parse(line, one => JsonSerializer.Deserialize(one, ArchiveJson.Default.ArchivedTransfer));
            if (transfer is not null) yield return transfer;
        }
    }

    static T? Parse<T>(string line, Func<string, T?> parse)
    {
        try
        {
            return parse(line);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"It is no archive file, or is damaged: {e.Message}", e);
        }
    }
}
