using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Operations;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.Client.Gateway;

/// <summary>The batch service over memory. Does what DESIGN sections 4 to 6 say of it, as far as a sender sees it.</summary>
sealed class FakeBatchService : IDisposable
{
    readonly Lock _gate = new();
    readonly IHttpContextAccessor _http;
    readonly ReceiptSigner _signer;
    long _contentBytes;

    public FakeBatchService(IHttpContextAccessor http)
    {
        _http = http;
        _signer = new ReceiptSigner(Certificate);
        Inbox = new FakeInbox(this);
        Handlers =
        [
            .. Inbox.Handlers,
            new FakeHandler<SubmitFileRequest, AcceptResult>(BatchOperations.SubmitFile, SubmitAsync),
            new FakeHandler<OpenTransferRequest, OpenTransferResult>(BatchOperations.OpenTransfer, OpenAsync),
            new FakeHandler<PutChunkRequest, PutChunkResult>(BatchOperations.PutChunk, PutAsync),
            new FakeHandler<CommitTransferRequest, AcceptResult>(BatchOperations.CommitTransfer, CommitAsync),
            new FakeHandler<GetTransferStatusRequest, TransferStatusResult>(BatchOperations.GetTransferStatus, StatusAsync),
            new FakeHandler<GetReceiptsRequest, ReceiptsResult>(BatchOperations.GetReceipts, ReceiptsAsync),
            new FakeHandler<GetReceiptsSinceRequest, ReceiptsResult>(BatchOperations.GetReceiptsSince, ReceiptsSinceAsync),
            new FakeHandler<CancelTransferRequest, CancelResult>(BatchOperations.CancelTransfer, CancelAsync),
        ];
    }

    public IReadOnlyList<IOperationHandler> Handlers { get; }

    /// <summary>What waits to be fetched.</summary>
    public FakeInbox Inbox { get; }

    /// <summary>Signs the receipts.</summary>
    public X509Certificate2 Certificate { get; } = TestCertificates.Create("receipts");

    public ConcurrentDictionary<string, FakeTransfer> Transfers { get; } = [];

    /// <summary>Operation names in the order in which their calls began.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Chooses the trick for a call: operation, and how many calls of it there were before.</summary>
    public Func<string, int, Trick?> Tricks { get; set; } = (_, _) => null;

    /// <summary>What the deliveries of a transfer look like at the n-th question, from 0.</summary>
    public Func<FakeTransfer, int, IReadOnlyList<DeliveryStatus>> Deliveries { get; set; } = (_, _) => [];

    /// <summary>Chunk size that is decided on; null takes the proposal, else 64 KiB.</summary>
    public long? ChunkSize { get; set; }

    /// <summary>Ranges in the answer of OpenTransfer; the rest has to be asked for.</summary>
    public int HeldInOpen { get; set; } = 1_000;

    /// <summary>Bytes of content that came in.</summary>
    public long ContentBytes => Interlocked.Read(ref _contentBytes);

    public FakeTransfer Only => Transfers.Values.Single();

    public int CountOf(string operation) => Calls.Count(call => call == operation);

    public void ForgetCalls()
    {
        Calls.Clear();
        _contentBytes = 0;
    }

    public ReceiptEntry Sign(FakeTransfer transfer, ReceiptKind kind = ReceiptKind.Accepted, string receiver = "")
    {
        var now = DateTimeOffset.UtcNow;
        var bytes = transfer.Bytes;
        var content = new ReceiptContent
        {
            ReceiptId = Guid.NewGuid().ToString(),
            Kind = kind,
            Issuer = "fake-gateway",
            Origin = transfer.Manifest.Origin,
            TransferId = transfer.Manifest.TransferId,
            Receiver = receiver,
            Replay = 0,
            ManifestDigest = ManifestDigest.Of(transfer.Manifest),
            Size = bytes.Length,
            Sha256 = Sha256Digest.Of(bytes),
            ChunkSize = transfer.ChunkSize,
            Root = transfer.Root,
            RecordCount = transfer.Manifest.RecordCount,
            Environment = transfer.Manifest.Environment,
            Attempt = transfer.Attempt,
            AcceptedAt = now,
        };
        return new ReceiptEntry
        {
            ReceiptId = content.ReceiptId,
            Kind = kind.ToString().ToLowerInvariant(),
            Issuer = content.Issuer,
            Origin = content.Origin,
            TransferId = content.TransferId,
            Receiver = receiver.Length == 0 ? null : receiver,
            Replay = 0,
            Size = content.Size,
            Sha256 = content.Sha256,
            At = now,
            ReceiptDocument = _signer.Sign(content),
        };
    }

    public void Dispose()
    {
        _signer.Dispose();
        Certificate.Dispose();
    }

    async Task<Outcome<AcceptResult>> SubmitAsync(SubmitFileRequest request, OperationContext context, CancellationToken ct)
    {
        if (await BeginAsync("SubmitFile", ct) is Trick.Refuse no) return no.Refusal;
        var transfer = new FakeTransfer(request.Manifest, 1 << 16);
        transfer.Chunks[0] = await ContentAsync(request.File!, context, null, ct);
        Transfers[request.Manifest.TransferId] = transfer;
        return new AcceptResult { State = nameof(TransferState.Accepted), Receipt = transfer.Receipt = Sign(transfer) };
    }

    async Task<Outcome<OpenTransferResult>> OpenAsync(OpenTransferRequest request, OperationContext context, CancellationToken ct)
    {
        var trick = await BeginAsync("OpenTransfer", ct);
        if (trick is Trick.Refuse no) return no.Refusal;
        var size = ChunkSize ?? request.ChunkSize ?? 1 << 16;
        var transfer = Transfers.GetOrAdd(request.Manifest.TransferId, _ => new FakeTransfer(request.Manifest, size));
        OpenTransferResult result;
        lock (_gate)
        {
            transfer.Attempt++;
            result = new OpenTransferResult
            {
                State = (transfer.Receipt is null ? TransferState.Open : TransferState.Accepted).ToString(),
                ChunkSize = transfer.ChunkSize,
                Attempt = transfer.Attempt,
                Held = [.. transfer.Held.Take(HeldInOpen)],
                HeldFrom = transfer.Held.Count > HeldInOpen ? transfer.Held[HeldInOpen].Offset : null,
                ExpiresAt = DateTimeOffset.UtcNow.AddDays(7),
                Receipt = transfer.Receipt,
            };
        }
        await EndAsync(trick, ct);
        return result;
    }

    async Task<Outcome<PutChunkResult>> PutAsync(PutChunkRequest request, OperationContext context, CancellationToken ct)
    {
        var trick = await BeginAsync("PutChunk", ct);
        if (trick is Trick.Refuse no) return no.Refusal;
        if (Find(request.Transfer) is not { } transfer) return Unknown(request.Transfer);
        if (request.Attempt < transfer.Attempt) return Fenced(request.Attempt, transfer);
        var bytes = await ContentAsync(request.File!, context, trick, ct);
        if (bytes.Length != request.Length)
            return new Refusal(ErrorCatalogue.ChunkCutShort, $"{request.Index}", $"{bytes.Length}", $"{request.Length}");
        if (Sha256Digest.Of(bytes) != request.Sha256) return new Refusal(ErrorCatalogue.ChunkDigestMismatch, $"{request.Index}");
        bool already;
        lock (_gate)
        {
            already = transfer.Chunks.TryGetValue(request.Index, out var held);
            if (already && !held!.AsSpan().SequenceEqual(bytes)) return new Refusal(ErrorCatalogue.ChunkDiffers, $"{request.Index}");
            transfer.Chunks[request.Index] = bytes;
        }
        await EndAsync(trick, ct);
        return new PutChunkResult { Index = request.Index, AlreadyHeld = already };
    }

    async Task<Outcome<AcceptResult>> CommitAsync(CommitTransferRequest request, OperationContext context, CancellationToken ct)
    {
        var trick = await BeginAsync("CommitTransfer", ct);
        if (trick is Trick.Refuse no) return no.Refusal;
        if (Find(request.Transfer) is not { } transfer) return Unknown(request.Transfer);
        if (request.Attempt < transfer.Attempt) return Fenced(request.Attempt, transfer);
        if (trick is Trick.Verify) return new AcceptResult { State = nameof(TransferState.Verifying), RetryAfterSeconds = 0 };
        lock (_gate)
        {
            var missing = transfer.Missing(request.Size);
            if (missing.Count > 0) return new AcceptResult { State = nameof(TransferState.Open), Missing = missing };
            if (Sha256Digest.Of(transfer.Bytes) != request.Sha256)
                return new Refusal(ErrorCatalogue.FileDigestMismatch, $"{request.Sha256}");
            transfer.Receipt ??= Sign(transfer);
        }
        await EndAsync(trick, ct);
        var receipt = trick is Trick.WrongReceipt ? transfer.Receipt with { Sha256 = Sha256Digest.Of("other"u8) } : transfer.Receipt;
        return new AcceptResult { State = nameof(TransferState.Accepted), Receipt = receipt };
    }

    async Task<Outcome<TransferStatusResult>> StatusAsync(GetTransferStatusRequest request, OperationContext context, CancellationToken ct)
    {
        var asked = CountOf("GetTransferStatus");
        if (await BeginAsync("GetTransferStatus", ct) is Trick.Refuse no) return no.Refusal;
        if (Find(request.Transfer) is not { } transfer) return Unknown(request.Transfer);
        return new TransferStatusResult
        {
            State = (transfer.Receipt is null ? TransferState.Open : TransferState.Accepted).ToString(),
            Attempt = transfer.Attempt,
            ChunkSize = transfer.ChunkSize,
            Size = transfer.Manifest.Size,
            Held = [.. transfer.Held.Where(range => range.Offset >= (request.HeldFrom ?? 0))],
            Deliveries = Deliveries(transfer, asked),
        };
    }

    async Task<Outcome<ReceiptsResult>> ReceiptsAsync(GetReceiptsRequest request, OperationContext context, CancellationToken ct)
    {
        if (await BeginAsync("GetReceipts", ct) is Trick.Refuse no) return no.Refusal;
        if (Find(request.Transfer) is not { } transfer) return Unknown(request.Transfer);
        if (transfer.Receipt is not { } accepted) return new ReceiptsResult();
        return new ReceiptsResult { Receipts = [accepted, Sign(transfer, ReceiptKind.Delivered, "kaoku")] };
    }

    async Task<Outcome<ReceiptsResult>> ReceiptsSinceAsync(GetReceiptsSinceRequest request, OperationContext context, CancellationToken ct)
    {
        if (await BeginAsync("GetReceiptsSince", ct) is Trick.Refuse no) return no.Refusal;
        return new ReceiptsResult
        {
            Receipts = request.Cursor is null ? [.. Transfers.Values.Select(transfer => transfer.Receipt).OfType<ReceiptEntry>()] : [],
            Cursor = "cursor-1",
        };
    }

    async Task<Outcome<CancelResult>> CancelAsync(CancelTransferRequest request, OperationContext context, CancellationToken ct)
    {
        if (await BeginAsync("CancelTransfer", ct) is Trick.Refuse no) return no.Refusal;
        if (Find(request.Transfer) is null) return Unknown(request.Transfer);
        return new CancelResult
        {
            State = nameof(TransferState.Cancelled),
            Deliveries = [new CancelledDelivery { DeliveryId = "d-1", Receiver = "kaoku", Outcome = "cancelled" }],
        };
    }

    async Task<byte[]> ContentAsync(string reference, OperationContext context, Trick? trick, CancellationToken ct)
    {
        var attachment = await context.Attachments.FindAsync(reference, ct) ?? throw new InvalidOperationException("no attachment");
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await attachment.Body.ReadAsync(ct);
            foreach (var piece in read.Buffer) bytes.Write(piece.Span);
            Interlocked.Add(ref _contentBytes, read.Buffer.Length);
            attachment.Body.AdvanceTo(read.Buffer.End);
            if (trick is Trick.BreakInContent) Break(ct);
            if (read.IsCompleted) break;
        }
        await context.Attachments.FinishAsync(ct);
        var content = bytes.WrittenSpan.ToArray();
        if (trick is Trick.Corrupt) content[0] ^= 1;
        return content;
    }

    /// <summary>A call begins: what goes wrong with it.</summary>
    public async Task<Trick?> BeginAsync(string operation, CancellationToken ct)
    {
        int before;
        lock (_gate)
        {
            before = CountOf(operation);
            Calls.Enqueue(operation);
        }
        var trick = Tricks(operation, before);
        if (trick is Trick.Run run) run.Action();
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        return trick;
    }

    /// <summary>A call was carried out: what goes wrong with its answer.</summary>
    public async Task EndAsync(Trick? trick, CancellationToken ct)
    {
        if (trick is Trick.LoseAnswer) Break(ct);
        if (trick is Trick.NeverAnswer) await Task.Delay(Timeout.Infinite, ct);
    }

    void Break(CancellationToken ct)
    {
        _http.HttpContext!.Abort();
        throw new OperationCanceledException(ct);
    }

    FakeTransfer? Find(TransferReference reference) => Transfers.GetValueOrDefault(reference.TransferId!);

    static Refusal Unknown(TransferReference reference) =>
        new(ErrorCatalogue.TransferUnknown, reference.Origin ?? "", reference.TransferId!);

    static Refusal Fenced(int attempt, FakeTransfer transfer) => new(ErrorCatalogue.AttemptFenced, $"{attempt}", $"{transfer.Attempt}");
}
