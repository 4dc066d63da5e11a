using CoreWCF.Channels;

namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>
/// Hands a body on unread, and has a reply written by itself. Thread-safe: what belongs to a message lies in its properties.
/// </summary>
sealed class CarryingEncoder : MessageEncoder
{
    // The transport sets it and the reply replaces it.
    public override string ContentType => "text/xml";

    public override string MediaType => "text/xml";

    public override MessageVersion MessageVersion => MessageVersion.None;

    // The host has judged it, and has refused what is no SOAP.
    public override bool IsContentTypeSupported(string contentType) => true;

    public override Task<Message> ReadMessageAsync(Stream stream, int maxSizeOfHeaders, string contentType)
    {
        var message = Message.CreateMessage(MessageVersion.None, action: null);
        message.Properties.Add(nameof(CarriedBody), new CarriedBody(stream));
        return Task.FromResult(message);
    }

    public override Task WriteMessageAsync(Message message, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(message);
        return ((CarriedReply)message.Properties[nameof(CarriedReply)]).WriteAsync();
    }

    public override Message ReadMessage(ArraySegment<byte> buffer, BufferManager bufferManager, string contentType) =>
        throw new NotSupportedException("The binding is streamed.");

    public override ArraySegment<byte> WriteMessage(
        Message message, int maxMessageSize, BufferManager bufferManager, int messageOffset) =>
        throw new NotSupportedException("The binding is streamed.");
}
