using System.Buffers.Text;
using System.Globalization;
using System.Xml;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Messages;

namespace LinkGateway.Relay.Messages;

/// <summary>
/// What a gateway hands on beside the body of a stored message, in HTTP headers: <c>LinkGateway-Manifest</c> (the manifest element of
/// the batch contract in UTF-8) and <c>LinkGateway-Entry-Receipt</c> (the signed document byte for byte), both in base64, and for a copy
/// its number in <c>LinkGateway-Replay</c>.
/// </summary>
static class ForwardHeaders
{
    // Kestrel's limit for all headers together is 32 KiB.
    const int MaxLength = 24 * 1024;

    static readonly XmlReaderSettings ReaderSettings =
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true };

    /// <summary>Reads the headers of a message from a gateway.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="hops">The gateways that it came through.</param>
    public static Outcome<MessageForward> Read(IReadOnlyDictionary<string, string> headers, IReadOnlyList<string> hops)
    {
        var manifest = Bytes(headers, LinkGatewayHeaders.Manifest);
        if (!manifest.Succeeded) return manifest.Refusal;
        var receipt = Bytes(headers, LinkGatewayHeaders.EntryReceipt);
        if (!receipt.Succeeded) return receipt.Refusal;
        var replay = 0;
        if (headers.TryGetValue(LinkGatewayHeaders.Replay, out var number)
            && !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out replay))
            return new Refusal(ErrorCatalogue.FieldInvalid, LinkGatewayHeaders.Replay, "it is no number");
        var read = ReadManifest(manifest.Value);
        return read.Succeeded
            ? new MessageForward { Manifest = read.Value, Hops = hops, Replay = replay, EntryReceiptDocument = receipt.Value }
            : read.Refusal;
    }

    /// <summary>The headers for the next gateway.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Write(Manifest manifest, int replay, ReadOnlyMemory<byte> entryReceipt)
    {
        var output = new MemoryStream();
        using (var writer = XmlWriter.Create(output, new XmlWriterSettings { OmitXmlDeclaration = true, CloseOutput = false }))
            ManifestXml.Write(writer, manifest);
        yield return new(LinkGatewayHeaders.Manifest, Convert.ToBase64String(output.ToArray()));
        if (replay > 0) yield return new(LinkGatewayHeaders.Replay, replay.ToString(CultureInfo.InvariantCulture));
        yield return new(LinkGatewayHeaders.EntryReceipt, Convert.ToBase64String(entryReceipt.Span));
    }

    static Outcome<byte[]> Bytes(IReadOnlyDictionary<string, string> headers, string name)
    {
        if (!headers.TryGetValue(name, out var text) || text.Length == 0) return new Refusal(ErrorCatalogue.FieldMissing, name);
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return text.Length <= MaxLength && Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : new Refusal(ErrorCatalogue.FieldInvalid, name, $"it is not base64 of at most {MaxLength} characters");
    }

    static Outcome<Manifest> ReadManifest(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), ReaderSettings);
            reader.MoveToContent();
            return ManifestXml.Read(reader, TimeZoneInfo.Utc);
        }
        catch (XmlException error)
        {
            return new Refusal(ErrorCatalogue.FieldInvalid, LinkGatewayHeaders.Manifest, error.Message.TrimEnd('.'));
        }
    }
}
