using System.IO.Pipelines;
using CoreWCF;
using CoreWCF.Channels;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>
/// Reads a message up to the end of its envelope and leaves the attachments on the wire; writes a reply that
/// <see cref="SwaRequestContext"/> has prepared. Thread-safe: what belongs to one message lies in its properties.
/// </summary>
sealed class SwaMessageEncoder(SwaMessageEncodingBindingElement settings) : MessageEncoder
{
    // Large: each read goes through three streams of the transport and allocates on its way.
    static readonly StreamPipeReaderOptions Reading = new(bufferSize: 256 * 1024, minimumReadSize: 64 * 1024, leaveOpen: true);

    // What an HTTP server takes in one piece.
    static readonly StreamPipeWriterOptions Writing = new(minimumBufferSize: 128 * 1024, leaveOpen: true);

    // Never used by itself: each reply says its own.
    public override string ContentType => "text/xml; charset=utf-8";

    public override string MediaType => "text/xml";

    public override MessageVersion MessageVersion => settings.MessageVersion;

    public override bool IsContentTypeSupported(string contentType) =>
        Mime.MediaType.TryParse(contentType, out var mediaType) && SoapMediaType.IsSoap(mediaType);

    public override async Task<Message> ReadMessageAsync(Stream stream, int maxSizeOfHeaders, string contentType)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!Mime.MediaType.TryParse(contentType, out var mediaType))
            throw new ProtocolException($"The Content-Type '{contentType}' cannot be read.");
        var deviations = new DeviationLog(settings.Profile);
        var version = SoapMediaType.Announced(mediaType);
        var body = PipeReader.Create(stream, Reading);
        try
        {
            var message = await SoapMessage.ReadAsync(body, mediaType, settings.Limits, deviations);
            version = message.Envelope.Version;
            RequireReadable(contentType, mediaType, version);
            return new SwaMessage(message, body, settings.VersionOf(version), deviations);
        }
        catch (Exception e) when (SwaFaults.TryMap(e, out var fault))
        {
            await body.CompleteAsync();
            return SwaFaults.Unreadable(new SwaUnreadable(version, fault, deviations));
        }
    }

    public override async Task WriteMessageAsync(Message message, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reply = (OutgoingMessage)message.Properties[SwaRequestContext.Reply];
        var output = PipeWriter.Create(stream, Writing);
        await reply.WriteToAsync(output, CancellationToken.None);
        await output.CompleteAsync();
        // What stayed in the transport's buffer would be written synchronously when it is closed.
        await stream.FlushAsync();
    }

    public override Message ReadMessage(ArraySegment<byte> buffer, BufferManager bufferManager, string contentType) =>
        throw Buffered();

    public override ArraySegment<byte> WriteMessage(
        Message message, int maxMessageSize, BufferManager bufferManager, int messageOffset) => throw Buffered();

    static NotSupportedException Buffered() => new("SOAP with Attachments needs TransferMode = Streamed.");

    // The transport reads a SOAP 1.2 Content-Type once more, for its action, and answers without a word of what it cannot read.
    static void RequireReadable(string contentType, MediaType mediaType, SoapVersion version)
    {
        if (version == SoapVersion.Soap11)
            return;
        try
        {
            _ = new System.Net.Mime.ContentType(contentType);
            if (mediaType.Essence == SoapMediaType.Multipart && mediaType.Parameter("start-info") is { } startInfo)
                _ = new System.Net.Mime.ContentType(startInfo);
        }
        catch (FormatException e)
        {
            throw new SoapFormatException(SoapFormatError.Deviation,
                "The Content-Type of a SOAP 1.2 message must be written to the letter of RFC 2045 5.1, its start-info too.", e);
        }
    }
}
