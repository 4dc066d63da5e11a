using System.Buffers;
using System.Text;
using System.Xml.Linq;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Relaying;

/// <summary>Replaces the addresses in ReplyTo and FaultTo as text, so that all around them keeps its bytes.</summary>
static class CallbackAddresses
{
    // Whoever sends these awaits the answer in the same HTTP exchange, or none.
    static readonly string[] NoAddresses =
    [
        EndpointReference.Anonymous, EndpointReference.None, EndpointReference.SubmissionAnonymous,
    ];

    /// <summary>Whether a block is one whose address is replaced.</summary>
    public static bool IsReplaced(SoapHeader header) => header.IsForReceiver
        && header.Name.LocalName is "ReplyTo" or "FaultTo"
        && (header.Name.Namespace == AddressingHeaders.Namespace || header.Name.Namespace == AddressingHeaders.SubmissionNamespace)
        && !NoAddresses.Contains(AddressOf(header)?.Value.Trim());

    public static ReplacedAddresses Replace(SoapEnvelope envelope, Func<string, string> newAddress)
    {
        if (!envelope.Headers.Any(IsReplaced))
            return new ReplacedAddresses(envelope.Text.Bytes, []);

        var originals = new List<ReplacedAddress>();
        var (bytes, encoding) = (envelope.Text.BytesBehindMark, envelope.Text.Encoding);
        var text = encoding.GetString(bytes.Span);
        var output = new ArrayBufferWriter<byte>(envelope.Text.Bytes.Length + 256);
        output.Write(envelope.Text.Bytes.Span[..^bytes.Length]);
        var written = 0;
        foreach (var (header, place) in Places(envelope, text))
        {
            var original = AddressOf(header)!.Value.Trim();
            originals.Add(new ReplacedAddress(header.Name, original));
            encoding.GetBytes(text.AsSpan(written..place.Start.Value), output);
            encoding.GetBytes(new XText(newAddress(original)).ToString(), output);
            written = place.End.Value;
        }
        encoding.GetBytes(text.AsSpan(written..), output);
        return new ReplacedAddresses(output.WrittenMemory, originals);
    }

    static XElement? AddressOf(SoapHeader header) => header.Element.Element(header.Name.Namespace + "Address");

    /// <summary>Where the texts of the addresses stand, in the order of the blocks.</summary>
    static List<(SoapHeader Header, Range Place)> Places(SoapEnvelope envelope, string text)
    {
        var wanted = envelope.Headers.Select(header => IsReplaced(header) ? RequireAddress(header) : -1).ToArray();
        var places = new List<(SoapHeader, Range)>();
        var scanner = new MarkupScanner(text);
        // Depth 0 is Envelope, 1 Header, which comes first, 2 its blocks in their order, 3 the children of a block in theirs.
        var (depth, block, child) = (0, -1, -1);
        while (scanner.Next())
        {
            if (scanner.Opens)
            {
                if (depth == 1 && block >= 0)
                    break;
                if (depth == 2)
                    (block, child) = (block + 1, -1);
                else if (depth == 3 && ++child == wanted[block])
                    places.Add((envelope.Headers[block], Content(text, ref scanner)));
                depth++;
            }
            if (scanner.Closes)
                depth--;
        }
        return places;
    }

    /// <summary>The place of the address among the children of its block.</summary>
    static int RequireAddress(SoapHeader header)
    {
        var children = header.Element.Elements().ToList();
        var address = AddressOf(header);
        var at = children.FindIndex(child => child == address);
        if (at >= 0 && !children[at].HasElements && children[at].Value.Trim().Length > 0)
            return at;
        throw new SoapFormatException(SoapFormatError.Addressing,
            $"The WS-Addressing header {header.Name.LocalName} has no Address, or one with elements inside.");
    }

    /// <summary>Goes on from the start tag of an element without elements to its end tag.</summary>
    /// <returns>The text between, without surrounding blanks.</returns>
    static Range Content(string text, ref MarkupScanner scanner)
    {
        var start = scanner.End;
        scanner.Next();
        var content = text.AsSpan(start..scanner.Start);
        return (scanner.Start - content.TrimStart().Length)..(start + content.TrimEnd().Length);
    }
}
