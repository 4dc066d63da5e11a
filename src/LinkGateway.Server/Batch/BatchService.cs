using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Inbox;
using LinkGateway.Core.Transfers;
using LinkGateway.Server.Metrics;
using LinkGateway.Server.Partners;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Server.Batch;

/// <summary>The batch service: one handler an operation, each a translation of a call into <see cref="TransferService"/>.</summary>
/// <param name="transfers">Core.</param>
/// <param name="configuration">The configuration in force.</param>
/// <param name="faults">Makes faults.</param>
/// <param name="partners">How callers' messages are judged.</param>
/// <param name="metrics">The counters.</param>
/// <param name="lifetime">Tells when the process stops, so that long polls end early.</param>
/// <param name="logger">Where refusals are noted.</param>
sealed class BatchService(
    TransferService transfers,
    ConfigurationSource configuration,
    BatchFaults faults,
    PartnerProfiles partners,
    GatewayMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<BatchService> logger)
{
    /// <summary>Path of the service's address.</summary>
    public const string Path = "/batch";

    const string FetchedFile = "file@linkgateway";

    static readonly MediaType OctetStream = new("application", "octet-stream");

    /// <summary>The service, ready to be mapped.</summary>
    public SoapService Create()
    {
        IReadOnlyList<IOperationHandler> handlers =
        [
            Handler(BatchOperations.SubmitFile, SubmitFileAsync),
            Handler(BatchOperations.OpenTransfer, (caller, request, _, ct) => transfers.OpenTransferAsync(caller, request, ct)),
            Handler(BatchOperations.PutChunk, PutChunkAsync),
            Handler(BatchOperations.CommitTransfer, CommitTransferAsync),
            Handler(BatchOperations.GetTransferStatus, (caller, request, _, ct) => transfers.GetTransferStatusAsync(caller, request, ct)),
            Handler(BatchOperations.GetReceipts, (caller, request, _, ct) => transfers.GetReceiptsAsync(caller, request, ct)),
            Handler(BatchOperations.GetReceiptsSince, GetReceiptsSinceAsync),
            Handler(BatchOperations.CancelTransfer, (caller, request, _, ct) => transfers.CancelTransferAsync(caller, request, ct)),
            Handler(BatchOperations.ListInbox, ListInboxAsync),
            FetchHandler(BatchOperations.FetchFile, (caller, request, _, ct) => transfers.FetchFileAsync(caller, request, ct)),
            FetchHandler(BatchOperations.FetchChunk, (caller, request, _, ct) => transfers.FetchChunkAsync(caller, request, ct)),
            Handler(BatchOperations.ConfirmReceipt, (caller, request, _, ct) => transfers.ConfirmReceiptAsync(caller, request, ct)),
        ];
        return new SoapService("batch", handlers, BatchDocuments.Publisher()) { Faults = faults, Partners = partners };
    }

    BatchHandler<TRequest, TResult, TResult> Handler<TRequest, TResult>(
        BatchOperation<TRequest, TResult> operation, BatchCall<TRequest, TResult> call)
        where TRequest : class
        where TResult : class => new(
            operation, call, result => OperationReply.Body(writer => operation.WriteResult(writer, result)), configuration, faults, logger);

    BatchHandler<TRequest, FetchResult, InboxContent> FetchHandler<TRequest>(
        BatchOperation<TRequest, FetchResult> operation, BatchCall<TRequest, InboxContent> call)
        where TRequest : class => new(operation, call, content => FetchReply(operation, content), configuration, faults, logger);

    static OperationReply FetchReply<TRequest>(BatchOperation<TRequest, FetchResult> operation, InboxContent content)
        where TRequest : class
    {
        if (content.Data is { } data)
            return OperationReply.Body(writer => operation.WriteResult(writer, content.Result with { Data = data }));
        var headers = MimeHeaders.ForPart(FetchedFile, OctetStream);
        return OperationReply.Body(
            writer => operation.WriteResult(writer, content.Result with { File = "cid:" + FetchedFile }),
            OutgoingAttachment.From(headers, new FetchStream(content), content.Result.Length));
    }

    async ValueTask<Outcome<AcceptResult>> SubmitFileAsync(
        string caller, SubmitFileRequest request, OperationContext context, CancellationToken cancellationToken)
    {
        if (request.File is null && context.Attachments is NoAttachments)
            return new Refusal(ErrorCatalogue.FieldMissing, "file");
        var body = new UploadBody(context, request.File);
        var outcome = await transfers.SubmitFileAsync(caller, request, body, cancellationToken);
        if (outcome is { Succeeded: true, Value.Receipt: { } receipt })
        {
            metrics.Received(receipt.Size);
            metrics.Accepted();
        }
        return outcome;
    }

    async ValueTask<Outcome<PutChunkResult>> PutChunkAsync(
        string caller, PutChunkRequest request, OperationContext context, CancellationToken cancellationToken)
    {
        if (request is { File: null, Data: null } && context.Attachments is NoAttachments)
            return new Refusal(ErrorCatalogue.OneOfFileAndData, "0");
        var body = new UploadBody(context, request.File, request.Data);
        var outcome = await transfers.PutChunkAsync(caller, request, body, cancellationToken);
        if (outcome is { Succeeded: true, Value.AlreadyHeld: false })
            metrics.Received(request.Length);
        return outcome;
    }

    async ValueTask<Outcome<AcceptResult>> CommitTransferAsync(
        string caller, CommitTransferRequest request, OperationContext context, CancellationToken cancellationToken)
    {
        var outcome = await transfers.CommitTransferAsync(caller, request, cancellationToken);
        if (outcome is { Succeeded: true, Value.Receipt: not null })
            metrics.Accepted();
        return outcome;
    }

    ValueTask<Outcome<ReceiptsResult>> GetReceiptsSinceAsync(
        string caller, GetReceiptsSinceRequest request, OperationContext context, CancellationToken cancellationToken) => PollAsync(
            ct => transfers.GetReceiptsSinceAsync(caller, request, ct),
            ct => transfers.GetReceiptsSinceAsync(caller, request with { WaitSeconds = 0 }, ct),
            cancellationToken);

    ValueTask<Outcome<ListInboxResult>> ListInboxAsync(
        string caller, ListInboxRequest request, OperationContext context, CancellationToken cancellationToken) => PollAsync(
            ct => transfers.ListInboxAsync(caller, request, ct),
            ct => transfers.ListInboxAsync(caller, request with { WaitSeconds = 0 }, ct),
            cancellationToken);

    async ValueTask<T> PollAsync<T>(
        Func<CancellationToken, ValueTask<T>> wait, Func<CancellationToken, ValueTask<T>> look, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            return await wait(waiting.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The process stops: what there is now is a full answer too, and the caller's cursor loses nothing.
            return await look(cancellationToken);
        }
    }
}
