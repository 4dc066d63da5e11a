using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Files;
using LinkGateway.Core.Inbox;
using LinkGateway.Core.Intake;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Receipts;
using LinkGateway.Core.Sets;

namespace LinkGateway.Core.Transfers;

/// <summary>The batch service: what each operation of DESIGN section 6 does. Adapters translate messages and call it.</summary>
/// <remarks>
/// <c>caller</c> is the id of the authenticated participant. Every answer is a result or a coded refusal; trouble of our own storage is the
/// refusal LG-5002. Exceptions are cancellations and defects. Thread-safe.
/// </remarks>
public sealed class TransferService
{
    static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(30);

    readonly SubmitFile _submit;
    readonly SubmitMessage _submitMessage;
    readonly SubmitReply _submitReply;
    readonly AdmissionControl _admission;
    readonly SetRules _setRules;
    readonly TransferOpening _opening;
    readonly OpenAnswers _openAnswers;
    readonly PutChunk _put;
    readonly CommitTransfer _commit;
    readonly CancelTransfer _cancel;
    readonly TransferQueries _queries;
    readonly InboxList _inbox;
    readonly InboxFetch _fetch;
    readonly InboxConfirm _confirm;

    /// <summary>Builds the service over its ports.</summary>
    public TransferService(CoreServices services)
    {
        Registry = new TransferRegistry(services);
        Receipts = new ReceiptIssuer(services);
        Payloads = new PayloadAccess(services.Journal, services.Payloads);
        _admission = new AdmissionControl(services);
        Intake = new IntakeGate(services);
        _opening = new TransferOpening(services, Registry, Intake);
        Acceptance = new Acceptance(services, Receipts);
        _openAnswers = new OpenAnswers(Acceptance);
        var entryReceipts = new EntryReceipts(services);
        var gate = new UploadGate(services, Intake);
        _setRules = new SetRules(services);
        _submit = new SubmitFile(services, Registry, _admission, _setRules, _opening, Acceptance, entryReceipts, gate, Intake);
        var messages = new MessageIntake(services, _submit);
        _submitMessage = new SubmitMessage(services, _admission, messages);
        _submitReply = new SubmitReply(services, _admission, messages);
        _put = new PutChunk(services, Registry, _admission, Payloads, gate);
        _commit = new CommitTransfer(services, Registry, _admission, Acceptance, entryReceipts, Payloads);
        _cancel = new CancelTransfer(services, Registry, _admission, Acceptance);
        _queries = new TransferQueries(services, Registry);
        var inboxes = new InboxAccess(services);
        _inbox = new InboxList(services);
        _fetch = new InboxFetch(services, Payloads, new InboxLeases(services, inboxes));
        _confirm = new InboxConfirm(services, Receipts, inboxes);
    }

    /// <summary>Whether there is room for more work, and whether a participant may have more of it.</summary>
    public IntakeGate Intake { get; }

    internal TransferRegistry Registry { get; }

    internal ReceiptIssuer Receipts { get; }

    internal PayloadAccess Payloads { get; }

    internal Acceptance Acceptance { get; }

    /// <summary>SubmitFile: manifest and whole file in one message.</summary>
    public ValueTask<Outcome<AcceptResult>> SubmitFileAsync(
        string caller, SubmitFileRequest request, IUploadBody body, CancellationToken cancellationToken) =>
        TakeAsync(caller, () => _submit.RunAsync(caller, request, body, cancellationToken));

    /// <summary>A stored message that was posted to a service's address: accepted, durably, to be delivered later.</summary>
    /// <remarks>
    /// The same message again (same id, same bytes, same facts) gets the earlier receipt. Without a MessageID the gateway makes one; the
    /// result then has the property <see cref="MessageProperties.IdMade"/>, and its receipt states the id.
    /// </remarks>
    public ValueTask<Outcome<AcceptResult>> SubmitMessageAsync(
        string caller, MessageSubmission submission, IUploadBody body, CancellationToken cancellationToken) =>
        GuardAsync(() => _submitMessage.RunAsync(caller, submission, body, cancellationToken));

    /// <summary>The reply to a stored message, posted to the callback address that the message carried to its receiver.</summary>
    public ValueTask<Outcome<AcceptResult>> SubmitReplyAsync(
        string caller, CallbackToken token, MessageSubmission reply, IUploadBody body, CancellationToken cancellationToken) =>
        TakeAsync(caller, () => _submitReply.RunAsync(caller, token, reply, body, cancellationToken));

    /// <summary>The manifest of the message to which a reply at a callback address belongs.</summary>
    /// <param name="token">What the address holds.</param>
    /// <param name="replier">The participant that replies.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The manifest; null where no message waits for a reply of this participant.</returns>
    public ValueTask<Outcome<Manifest?>> FindMessageAsync(CallbackToken token, string replier, CancellationToken cancellationToken) =>
        GuardAsync<Manifest?>(async () => await _submitReply.FindManifestAsync(token, replier, cancellationToken));

    /// <summary>OpenTransfer: opens, or takes over, a transfer in chunks.</summary>
    public ValueTask<Outcome<OpenTransferResult>> OpenTransferAsync(
        string caller, OpenTransferRequest request, CancellationToken cancellationToken) =>
        TakeAsync(caller, () => OpenAsync(caller, request, cancellationToken));

    /// <summary>PutChunk: one chunk.</summary>
    public ValueTask<Outcome<PutChunkResult>> PutChunkAsync(
        string caller, PutChunkRequest request, IUploadBody body, CancellationToken cancellationToken) =>
        TakeAsync(caller, () => _put.RunAsync(caller, request, body, cancellationToken));

    /// <summary>CommitTransfer: the receipt, what is missing, or <c>Verifying</c>.</summary>
    public ValueTask<Outcome<AcceptResult>> CommitTransferAsync(
        string caller, CommitTransferRequest request, CancellationToken cancellationToken) =>
        TakeAsync(caller, () => _commit.RunAsync(caller, request, cancellationToken));

    /// <summary>GetTransferStatus.</summary>
    public ValueTask<Outcome<TransferStatusResult>> GetTransferStatusAsync(
        string caller, GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        AskAsync(caller, () => _queries.StatusAsync(caller, request, cancellationToken));

    /// <summary>ListInbox: what waits to be fetched, by long poll.</summary>
    public ValueTask<Outcome<ListInboxResult>> ListInboxAsync(
        string caller, ListInboxRequest request, CancellationToken cancellationToken) =>
        TakeAsync(caller, () => _inbox.RunAsync(caller, request, cancellationToken));

    /// <summary>FetchFile: a whole file.</summary>
    public ValueTask<Outcome<InboxContent>> FetchFileAsync(
        string caller, FetchFileRequest request, CancellationToken cancellationToken) =>
        TakeAsync(caller, () => _fetch.FileAsync(caller, request, cancellationToken));

    /// <summary>FetchChunk: a range of a file.</summary>
    public ValueTask<Outcome<InboxContent>> FetchChunkAsync(
        string caller, FetchChunkRequest request, CancellationToken cancellationToken) =>
        TakeAsync(caller, () => _fetch.ChunkAsync(caller, request, cancellationToken));

    /// <summary>ConfirmReceipt: what became of a fetched file.</summary>
    public ValueTask<Outcome<ConfirmReceiptResult>> ConfirmReceiptAsync(
        string caller, ConfirmReceiptRequest request, CancellationToken cancellationToken) =>
        AskAsync(caller, () => _confirm.RunAsync(caller, request, cancellationToken));

    /// <summary>GetReceipts of one transfer.</summary>
    public ValueTask<Outcome<ReceiptsResult>> GetReceiptsAsync(
        string caller, GetReceiptsRequest request, CancellationToken cancellationToken) =>
        AskAsync(caller, () => _queries.ReceiptsAsync(caller, request, cancellationToken));

    /// <summary>GetReceiptsSince: new ones in bulk, by long poll.</summary>
    public ValueTask<Outcome<ReceiptsResult>> GetReceiptsSinceAsync(
        string caller, GetReceiptsSinceRequest request, CancellationToken cancellationToken) =>
        AskAsync(caller, () => _queries.ReceiptsSinceAsync(caller, request, cancellationToken));

    /// <summary>CancelTransfer at this gateway.</summary>
    public ValueTask<Outcome<CancelResult>> CancelTransferAsync(
        string caller, CancelTransferRequest request, CancellationToken cancellationToken) =>
        AskAsync(caller, () => _cancel.RunAsync(caller, request, cancellationToken));

    /// <summary>OpenTransfer for a file that this gateway itself fetches from the inbox of <paramref name="gateway"/>.</summary>
    internal ValueTask<Outcome<OpenTransferResult>> OpenFetchedAsync(
        string gateway, OpenTransferRequest request, string delivery, string? lease, CancellationToken cancellationToken) =>
        GuardAsync(() => OpenAsync(gateway, request, cancellationToken, delivery, lease));

    async ValueTask<Outcome<OpenTransferResult>> OpenAsync(
        string caller, OpenTransferRequest request, CancellationToken cancellationToken, string? fetched = null, string? lease = null)
    {
        var admitted = _admission.Admit(caller, request.Transfer, request.Manifest, request.Hops);
        if (!admitted.Succeeded) return admitted.Refusal;
        if (await _setRules.CheckAsync(admitted.Value, cancellationToken) is { } misfit) return misfit;
        var admission = admitted.Value with { FetchedDelivery = fetched, FetchedLease = lease };
        var opened = await _opening.OpenAsync(admission, request.ChunkSize, sizeBound: null, cancellationToken);
        if (!opened.Succeeded) return opened.Refusal;
        return await _openAnswers.AnswerAsync(opened.Value, cancellationToken);
    }

    /// <summary>
    /// An operation that brings bytes or takes them away. What runs already when a participant is suspended comes to its end.
    /// </summary>
    ValueTask<Outcome<T>> TakeAsync<T>(string caller, Func<ValueTask<Outcome<T>>> operation) =>
        Intake.RefuseSuspended(caller) is { } suspended ? ValueTask.FromResult<Outcome<T>>(suspended) : AskAsync(caller, operation);

    ValueTask<Outcome<T>> AskAsync<T>(string caller, Func<ValueTask<Outcome<T>>> operation) =>
        Intake.RefuseRequest(caller) is { } tooMany ? ValueTask.FromResult<Outcome<T>>(tooMany) : GuardAsync(operation);

    static async ValueTask<Outcome<T>> GuardAsync<T>(Func<ValueTask<Outcome<T>>> operation)
    {
        try
        {
            return await operation();
        }
        catch (StorageException e)
        {
            return new Refusal(ErrorCatalogue.StorageTrouble) { RetryAfter = StorageRetry, Cause = e };
        }
    }
}
