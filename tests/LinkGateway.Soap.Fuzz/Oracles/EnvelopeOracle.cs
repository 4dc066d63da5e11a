using System.Buffers;
using System.Security.Claims;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>
/// An envelope is read as a whole document is read by an XML library, and what is written from it is read back the same: the envelope,
/// its fault, its WS-Addressing headers.
/// </summary>
static class EnvelopeOracle
{
    static readonly SoapService Service = new("fuzz", [new Handler()]);

    /// <summary>Reads an envelope.</summary>
    /// <returns>It in words, or the refusal.</returns>
    public static string Check(byte[] bytes, string? charset, EnvelopeLimits limits, Tally tally)
    {
        SoapEnvelope envelope;
        try
        {
            envelope = SoapEnvelope.Parse(bytes, charset, limits);
        }
        catch (SoapFormatException exception)
        {
            return Refusal.Of(exception).ToString();
        }
        var words = EnvelopeText.Of(envelope);
        PlainScanOracle.Check(envelope, limits, tally);
        RequireAsDocument(envelope, bytes, charset);
        Require.Same(words, EnvelopeText.Of(Written(envelope.Version, writer => WriteBody(envelope, writer), HeadersOf(envelope))),
            "envelope written again");
        if (SoapFault.From(envelope) is { } fault)
            Require.Same(EnvelopeText.Of(fault), EnvelopeText.Of(SoapFault.From(Written(envelope.Version, fault))), "fault written again");
        CheckAddressing(envelope, tally);
        Dispatch(envelope, tally);
        return words;
    }

    /// <summary>Writes what is inside the body of an envelope.</summary>
    public static void WriteBody(SoapEnvelope envelope, XmlWriter writer)
    {
        if (envelope.BodyName is null)
            return;
        using var body = envelope.ReadBody();
        while (body.NodeType != XmlNodeType.EndElement)
            writer.WriteNode(body, defattr: false);
    }

    /// <summary>Writes the header blocks of an envelope; null where it has none.</summary>
    public static Action<XmlWriter>? HeadersOf(SoapEnvelope envelope) => envelope.Headers.Count == 0 ? null : writer =>
    {
        foreach (var header in envelope.Headers)
            header.Element.WriteTo(writer);
    };

    static SoapEnvelope Written(SoapVersion version, Action<XmlWriter> body, Action<XmlWriter>? headers)
    {
        var output = new ArrayBufferWriter<byte>();
        SoapEnvelopeWriter.Write(output, version, body, headers);
        return SoapEnvelope.Parse(output.WrittenMemory, "utf-8", FuzzLimits.Generous.Envelope);
    }

    static SoapEnvelope Written(SoapVersion version, SoapFault fault)
    {
        var output = new ArrayBufferWriter<byte>();
        SoapEnvelopeWriter.WriteFault(output, version, fault);
        return SoapEnvelope.Parse(output.WrittenMemory, null, FuzzLimits.Generous.Envelope);
    }

    static void RequireAsDocument(SoapEnvelope envelope, byte[] bytes, string? charset)
    {
        if (Decoded(bytes, charset) is not { } text)
            return;
        var root = XDocument.Parse(text, LoadOptions.PreserveWhitespace).Root!;
        var soap = envelope.Version.Namespace();
        var blocks = root.Element(soap + "Header")?.Elements().ToArray() ?? [];
        Require.Same(string.Join('\n', blocks.Select(block => block.Name)),
            string.Join('\n', envelope.Headers.Select(header => header.Name)), "header blocks");
        Require.Same(root.Element(soap + "Body")?.Elements().FirstOrDefault()?.Name.ToString(), envelope.BodyName?.ToString(),
            "first element of the body");
    }

    /// <summary>The text where there can be no doubt of its encoding.</summary>
    static string? Decoded(byte[] bytes, string? charset) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
        _ when string.IsNullOrEmpty(charset) && bytes is [(byte)'<', not 0, ..] => Encoding.UTF8.GetString(bytes),
        _ => null,
    };

    static void CheckAddressing(SoapEnvelope envelope, Tally tally)
    {
        try
        {
            if (AddressingHeaders.From(envelope) is not { } headers)
                return;
            tally.Count("with WS-Addressing");
            var again = AddressingHeaders.From(Written(envelope.Version, Nothing, headers.WriteTo));
            Require.Same(EnvelopeText.Of(headers), EnvelopeText.Of(again ?? new AddressingHeaders()),
                "WS-Addressing headers written again");
            var reply = headers.Reply("urn:reply", isFault: true);
            Require.Same(headers.MessageId, AddressingHeaders.From(Written(envelope.Version, Nothing, reply.WriteTo))?.RelatesTo,
                "RelatesTo of the reply");
        }
        catch (SoapFormatException exception)
        {
            tally.Count(Refusal.Of(exception.Error));
        }
    }

    static void Dispatch(SoapEnvelope envelope, Tally tally)
    {
        var context = new OperationContext
        {
            Request = envelope,
            Caller = new ClaimsPrincipal(),
            Address = new Uri("http://localhost/"),
            HttpHeaders = new Dictionary<string, string>(),
            Attachments = NoAttachments.Instance,
            Deviations = new DeviationLog(WireProfile.Lenient),
        };
        try
        {
            Require.Finished(Service.InvokeAsync(context, CancellationToken.None));
            tally.Count("dispatched to an operation");
        }
        catch (SoapFormatException exception)
        {
            tally.Count(Refusal.Of(exception.Error));
        }
    }

    static void Nothing(XmlWriter writer)
    {
        // An empty body.
    }

    sealed class Handler : IOperationHandler
    {
        public XName Request { get; } = XName.Get("SubmitFile", "urn:example:batch");

        public ValueTask<OperationReply> HandleAsync(OperationContext context, CancellationToken ct) => new(OperationReply.Accepted());
    }
}
