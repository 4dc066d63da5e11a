using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Client.Receivers;

/// <summary>
/// Calls a receiving system that implements the batch receiver contract, one method an operation; it neither repeats nor decides.
/// Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// No method throws for what the receiving system or the network does: <see cref="BatchAnswer{T}"/> tells. Refused means that the call
/// certainly stored nothing; whatever leaves that open, a fault that the contract does not know included, is
/// <see cref="BatchOutcome.InDoubt"/>. The side of a refusal is the sender's when the same call must fail again.
/// </para>
/// <para>What a content's source throws comes out of the method, or is told as <see cref="BatchOutcome.NotSent"/>.</para>
/// </remarks>
/// <param name="http">
/// Connections, such as <see cref="Connections.GatewayConnections"/> makes; not disposed. Its time-out must be infinite.
/// </param>
/// <param name="address">Address of the service.</param>
/// <param name="options">How it is called; the defaults where null.</param>
/// <param name="time">Clock for the silence time-out; the system's where null.</param>
public sealed class ReceiverClient(HttpClient http, Uri address, ReceiverClientOptions? options = null, TimeProvider? time = null)
{
    const string ContentId = "file@linkgateway";

    static readonly MediaType ContentType = new("application", "octet-stream");

    readonly ReceiverClientOptions _options = options ?? new();
    readonly TimeProvider _time = time ?? TimeProvider.System;
    readonly SoapSender _sender = new(http, LimitsOf(options ?? new()), time);

    /// <summary>Hands in manifest and whole file in one message; the reference to the attachment is filled in.</summary>
    public ValueTask<BatchAnswer<FileResult>> SubmitFileAsync(
        SubmitFileRequest request, UploadContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(content);
        var attached = request with { File = "cid:" + ContentId };
        return CallAsync(ReceiverOperations.SubmitFile, attached, content, cancellationToken);
    }

    /// <summary>Opens, or takes over, a transfer in chunks.</summary>
    public ValueTask<BatchAnswer<FileResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync(ReceiverOperations.OpenTransfer, request, null, cancellationToken);

    /// <summary>Sends one chunk; the reference to the attachment is filled in.</summary>
    public ValueTask<BatchAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, UploadContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(content);
        var attached = request with { File = "cid:" + ContentId, Data = null };
        return CallAsync(ReceiverOperations.PutChunk, attached, content, cancellationToken);
    }

    /// <summary>Ends a transfer in chunks.</summary>
    public ValueTask<BatchAnswer<FileResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync(ReceiverOperations.CommitTransfer, request, null, cancellationToken);

    /// <summary>Asks what is known of a file.</summary>
    public ValueTask<BatchAnswer<FileResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        CallAsync(ReceiverOperations.GetTransferStatus, request, null, cancellationToken);

    async ValueTask<BatchAnswer<TResult>> CallAsync<TRequest, TResult>(
        BatchOperation<TRequest, TResult> operation, TRequest request, UploadContent? content, CancellationToken cancellationToken)
        where TRequest : class
        where TResult : class
    {
        using var silence = new SilenceWatch(_options.SilenceTimeout, _time, cancellationToken);
        var bytes = content?.OpenRead(silence.Broken);
        try
        {
            await using var response = await _sender.SendAsync(address, Message(operation, request, bytes), silence.Token);
            return Read(operation, response);
        }
        catch (SoapTransportException e)
        {
            return e.Stage == SoapTransportStage.NotSent
                ? BatchAnswer<TResult>.NotSent(e.Message)
                : BatchAnswer<TResult>.InDoubt(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = $"{address.Authority} was silent for longer than {_options.SilenceTimeout:c}.";
            // A message whose end was never handed out cannot have been taken for a whole one.
            return bytes?.Position < bytes?.Length ? BatchAnswer<TResult>.NotSent(reason) : BatchAnswer<TResult>.InDoubt(reason);
        }
    }

    SoapRequest Message<TRequest, TResult>(BatchOperation<TRequest, TResult> operation, TRequest request, Stream? bytes)
        where TRequest : class
        where TResult : class => new()
        {
            Version = _options.Version,
            Action = operation.Action,
            Body = writer => operation.WriteRequest(writer, request),
            Attachments = bytes is null
                ? []
                : [OutgoingAttachment.From(MimeHeaders.ForPart(ContentId, ContentType), bytes, bytes.Length)],
        };

    static BatchAnswer<TResult> Read<TRequest, TResult>(BatchOperation<TRequest, TResult> operation, SoapResponse response)
        where TRequest : class
        where TResult : class
    {
        if (response.Fault is { } fault)
        {
            return ReceiverRefusals.Of(fault, response.RetryAfter) is { } told
                ? BatchAnswer<TResult>.Refused(told)
                : BatchAnswer<TResult>.InDoubt($"A fault that is none of the contract: {fault.Reason}");
        }

        if (response.Envelope?.BodyName is null)
        {
            return ReceiverRefusals.Of(response.Status, response.RetryAfter) is { } told
                ? BatchAnswer<TResult>.Refused(told)
                : BatchAnswer<TResult>.InDoubt($"HTTP {(int)response.Status} and no SOAP.");
        }

        using var reader = response.Envelope.ReadBody();
        var result = operation.ReadResult(reader, TimeZoneInfo.Utc);
        return result.Succeeded
            ? BatchAnswer<TResult>.With(result.Value)
            : BatchAnswer<TResult>.InDoubt($"The answer cannot be read. {result.Refusal}");
    }

    static MessageLimits LimitsOf(ReceiverClientOptions options) =>
        MessageLimits.Default with { Envelope = EnvelopeLimits.Default with { RootBytes = options.AnswerBytes } };
}
