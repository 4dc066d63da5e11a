using System.Net;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Client.Batch;

/// <summary>Calls the batch service of a gateway, one method an operation; it neither repeats nor decides. Thread-safe.</summary>
/// <remarks>
/// No method throws for what the gateway or the network does: <see cref="BatchAnswer{T}"/> tells.
/// <see cref="OperationCanceledException"/> comes only when the caller's own token was cancelled.
/// </remarks>
/// <param name="http">
/// Connections, such as <see cref="Connections.GatewayConnections"/> makes; not disposed. Its time-out must be infinite.
/// </param>
/// <param name="address">Address of the batch service.</param>
/// <param name="options">Limits; the defaults where null.</param>
/// <param name="time">Clock for the silence time-out; the system's where null.</param>
public sealed class BatchClient(HttpClient http, Uri address, BatchClientOptions? options = null, TimeProvider? time = null)
{
    const string ContentId = "file@linkgateway";

    static readonly MediaType ContentType = new("application", "octet-stream");

    readonly BatchClientOptions _options = options ?? new();
    readonly TimeProvider _time = time ?? TimeProvider.System;
    readonly SoapSender _sender = new(http, LimitsOf(options ?? new()), time);

    /// <summary>Address of the batch service.</summary>
    public Uri Address => address;

    /// <summary>Hands in manifest and whole file in one message; the reference to the attachment is filled in.</summary>
    public ValueTask<BatchAnswer<AcceptResult>> SubmitFileAsync(
        SubmitFileRequest request, UploadContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var attached = request with { File = "cid:" + ContentId };
        return CallAsync(BatchOperations.SubmitFile, attached, content, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Opens, or takes over, a transfer in chunks.</summary>
    public ValueTask<BatchAnswer<OpenTransferResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync(BatchOperations.OpenTransfer, request, null, TimeSpan.Zero, cancellationToken);

    /// <summary>Sends one chunk; the reference to the attachment is filled in.</summary>
    /// <exception cref="ArgumentException">The content is not as long as the request says.</exception>
    public ValueTask<BatchAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, UploadContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(content);
        if (request.Length != content.Length)
            throw new ArgumentException($"The request says {request.Length} bytes, the content has {content.Length}.", nameof(content));
        var attached = request with { File = "cid:" + ContentId, Data = null };
        return CallAsync(BatchOperations.PutChunk, attached, content, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Ends a transfer in chunks.</summary>
    public ValueTask<BatchAnswer<AcceptResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync(BatchOperations.CommitTransfer, request, null, TimeSpan.Zero, cancellationToken);

    /// <summary>Asks for the state of a transfer and its deliveries.</summary>
    public ValueTask<BatchAnswer<TransferStatusResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        CallAsync(BatchOperations.GetTransferStatus, request, null, TimeSpan.Zero, cancellationToken);

    /// <summary>Asks what waits to be fetched.</summary>
    /// <remarks>The gateway waits for the first item as the request says.</remarks>
    public ValueTask<BatchAnswer<ListInboxResult>> ListInboxAsync(ListInboxRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wait = TimeSpan.FromSeconds(request.WaitSeconds ?? 0);
        return CallAsync(BatchOperations.ListInbox, request, null, wait, cancellationToken);
    }

    /// <summary>Fetches a whole file.</summary>
    /// <returns>What came of it; its value is read as it comes off the wire, and must be disposed.</returns>
    public ValueTask<BatchAnswer<FetchedContent>> FetchFileAsync(FetchFileRequest request, CancellationToken cancellationToken) =>
        FetchAsync(BatchOperations.FetchFile, request, cancellationToken);

    /// <summary>Fetches a range of a file.</summary>
    /// <returns>What came of it; its value is read as it comes off the wire, and must be disposed.</returns>
    public ValueTask<BatchAnswer<FetchedContent>> FetchChunkAsync(FetchChunkRequest request, CancellationToken cancellationToken) =>
        FetchAsync(BatchOperations.FetchChunk, request, cancellationToken);

    /// <summary>Tells what became of a fetched file.</summary>
    public ValueTask<BatchAnswer<ConfirmReceiptResult>> ConfirmReceiptAsync(
        ConfirmReceiptRequest request, CancellationToken cancellationToken) =>
        CallAsync(BatchOperations.ConfirmReceipt, request, null, TimeSpan.Zero, cancellationToken);

    /// <summary>Asks for all receipts of a transfer.</summary>
    public ValueTask<BatchAnswer<ReceiptsResult>> GetReceiptsAsync(GetReceiptsRequest request, CancellationToken cancellationToken) =>
        CallAsync(BatchOperations.GetReceipts, request, null, TimeSpan.Zero, cancellationToken);

    /// <summary>Asks for new receipts; the gateway waits for the first one as the request says.</summary>
    public ValueTask<BatchAnswer<ReceiptsResult>> GetReceiptsSinceAsync(
        GetReceiptsSinceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wait = TimeSpan.FromSeconds(request.WaitSeconds ?? 0);
        return CallAsync(BatchOperations.GetReceiptsSince, request, null, wait, cancellationToken);
    }

    /// <summary>Withdraws a transfer.</summary>
    public ValueTask<BatchAnswer<CancelResult>> CancelTransferAsync(CancelTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync(BatchOperations.CancelTransfer, request, null, TimeSpan.Zero, cancellationToken);

    async ValueTask<BatchAnswer<TResult>> CallAsync<TRequest, TResult>(BatchOperation<TRequest, TResult> operation, TRequest request,
        UploadContent? content, TimeSpan expectedSilence, CancellationToken cancellationToken)
        where TRequest : class
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(request);
        using var silence = new SilenceWatch(_options.SilenceTimeout + expectedSilence, _time, cancellationToken);
        try
        {
            await using var response = await _sender.SendAsync(address, Message(operation, request, content, silence), silence.Token);
            return Read(operation, response);
        }
        catch (Exception e) when (EndBy<TResult>(e, cancellationToken) is { } broken)
        {
            return broken;
        }
    }

    async ValueTask<BatchAnswer<FetchedContent>> FetchAsync<TRequest>(
        BatchOperation<TRequest, FetchResult> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : class
    {
        ArgumentNullException.ThrowIfNull(request);
        var exchange = new FetchExchange(new SilenceWatch(_options.SilenceTimeout, _time, cancellationToken), _options.SilenceTimeout);
        var content = default(FetchedContent);
        try
        {
            var message = Message(operation, request, null, exchange.Silence);
            exchange.Response = await _sender.SendAsync(address, message, exchange.Silence.Token);
            var answer = Read(operation, exchange.Response);
            if (!answer.Answered) return answer.WithoutValue<FetchedContent>();
            content = await FetchedContent.OpenAsync(exchange, answer.Value);
            return content is null
                ? BatchAnswer<FetchedContent>.InDoubt($"The attachment {answer.Value.File} is not in the answer.")
                : BatchAnswer<FetchedContent>.With(content);
        }
        catch (Exception e) when (EndBy<FetchedContent>(e, cancellationToken) is { } broken)
        {
            return broken;
        }
        finally
        {
            if (content is null) await exchange.DisposeAsync();
        }
    }

    // What the network did; null for everything else, the caller's own cancelling included.
    BatchAnswer<T>? EndBy<T>(Exception exception, CancellationToken cancellationToken)
        where T : class => exception switch
        {
            SoapTransportException { Stage: SoapTransportStage.NotSent } e => BatchAnswer<T>.NotSent(e.Message),
            SoapTransportException or MimeFormatException or IOException => BatchAnswer<T>.InDoubt(exception.Message),
            OperationCanceledException when !cancellationToken.IsCancellationRequested => BatchAnswer<T>.InDoubt(
                $"{address.Authority} was silent for longer than {nameof(BatchClientOptions.SilenceTimeout)} = {_options.SilenceTimeout}."),
            _ => null,
        };

    SoapRequest Message<TRequest, TResult>(
        BatchOperation<TRequest, TResult> operation, TRequest request, UploadContent? content, SilenceWatch silence)
        where TRequest : class
        where TResult : class => new()
        {
            Action = operation.Action,
            Body = writer => operation.WriteRequest(writer, request),
            Attachments = content is null ? [] :
            [OutgoingAttachment.From(MimeHeaders.ForPart(ContentId, ContentType), content.OpenRead(silence.Broken), content.Length)],
            ExpectContinue = content?.Length >= _options.ContinueThreshold,
            HttpHeaders = _options.Language is { } language ? new Dictionary<string, string> { ["Accept-Language"] = language } : [],
        };

    static BatchAnswer<TResult> Read<TRequest, TResult>(BatchOperation<TRequest, TResult> operation, SoapResponse response)
        where TRequest : class
        where TResult : class
    {
        if (response.Fault is { } fault) return BatchAnswer<TResult>.Refused(FaultReader.Read(fault, response.RetryAfter));
        if (response.Envelope?.BodyName is null) return FromHttp<TResult>(response);
        using var reader = response.Envelope.ReadBody();
        var result = operation.ReadResult(reader, TimeZoneInfo.Utc);
        return result.Succeeded
            ? BatchAnswer<TResult>.With(result.Value)
            : BatchAnswer<TResult>.InDoubt($"The answer cannot be read. {result.Refusal}");
    }

    // No SOAP at all: the listener itself (missing credentials), a proxy in between, or the wrong address.
    static BatchAnswer<TResult> FromHttp<TResult>(SoapResponse response)
        where TResult : class
    {
        var status = (int)response.Status;
        if (response.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return BatchAnswer<TResult>.Refused(new BatchRefusal(ErrorCatalogue.NotAuthenticated.Code,
                $"HTTP {status}. {ErrorCatalogue.NotAuthenticated.English}", FaultSide.Sender, null));
        }
        if (status is >= 300 and < 500 && response.Status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
        {
            return BatchAnswer<TResult>.Refused(
                new BatchRefusal("", $"HTTP {status} and no SOAP. Check the address.", FaultSide.Sender, response.RetryAfter));
        }
        return BatchAnswer<TResult>.InDoubt($"HTTP {status} and no SOAP.");
    }

    static MessageLimits LimitsOf(BatchClientOptions options) =>
        MessageLimits.Default with { Envelope = EnvelopeLimits.Default with { RootBytes = options.AnswerBytes } };
}
