using System.Collections.Concurrent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Client.Gateway;

/// <summary>The inbox of the fake gateway: one receiver, leases that run out on order.</summary>
sealed class FakeInbox(FakeBatchService service)
{
    readonly Lock _gate = new();

    public ConcurrentDictionary<string, FakeDelivery> Deliveries { get; } = [];

    public IReadOnlyList<IOperationHandler> Handlers =>
    [
        new FakeHandler<ListInboxRequest, ListInboxResult>(BatchOperations.ListInbox, ListAsync),
        new FakeHandler<FetchChunkRequest, FetchResult>(BatchOperations.FetchChunk, FetchAsync),
        new FakeHandler<ConfirmReceiptRequest, ConfirmReceiptResult>(BatchOperations.ConfirmReceipt, ConfirmAsync),
    ];

    public FakeDelivery Only => Deliveries.Values.Single();

    /// <summary>Most items in one answer.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Puts a file into it.</summary>
    public FakeDelivery Offer(string id, string fileName, byte[] bytes, string interfaceId = "house-tax", int chunkSize = 1 << 16)
    {
        var transfer = new FakeTransfer(
            new Manifest
            {
                Origin = "juki",
                Receivers = ["kaoku"],
                InterfaceId = interfaceId,
                TransferId = $"t-{id}",
                Kind = "full",
                Environment = "test",
                FileName = fileName,
                RecordCount = 7,
            },
            chunkSize);
        for (var at = 0; at < bytes.Length; at += chunkSize)
            transfer.Chunks[at / chunkSize] = bytes[at..Math.Min(bytes.Length, at + chunkSize)];
        return Deliveries[id] = new FakeDelivery(id, transfer, bytes, service.Sign(transfer).ReceiptDocument);
    }

    async Task<Outcome<ListInboxResult>> ListAsync(ListInboxRequest request, OperationContext context, CancellationToken ct)
    {
        if (await service.BeginAsync("ListInbox", ct) is Trick.Refuse no) return no.Refusal;
        var waiting = Deliveries.Values.Where(one => one.Confirmed.Count == 0).OrderBy(one => one.Id, StringComparer.Ordinal)
            .Where(one => request.Cursor is null || string.CompareOrdinal(one.Id, request.Cursor) > 0).Take(PageSize).ToArray();
        return new ListInboxResult { Items = [.. waiting.Select(one => one.Item)], Cursor = waiting.LastOrDefault()?.Id ?? request.Cursor };
    }

    async Task<Outcome<FetchResult>> FetchAsync(FetchChunkRequest request, OperationContext context, CancellationToken ct)
    {
        var trick = await service.BeginAsync("FetchChunk", ct);
        if (trick is Trick.Refuse no) return no.Refusal;
        if (Deliveries.GetValueOrDefault(request.DeliveryId) is not { } delivery) return Unknown(request.DeliveryId);
        lock (_gate)
        {
            if (request.Lease is null && delivery.Lease is not null)
                return new Refusal(ErrorCatalogue.DeliveryLeased, delivery.Id, "later");
            if (request.Lease is not null && request.Lease != delivery.Lease) return new Refusal(ErrorCatalogue.LeaseLost, delivery.Id);
            delivery.Lease ??= Guid.NewGuid().ToString();
        }
        var bytes = delivery.Bytes[(int)request.Offset..(int)(request.Offset + request.Length)];
        var digest = Sha256Digest.Of(bytes);
        Interlocked.Add(ref delivery.Fetched, bytes.Length);
        if (trick is Trick.Corrupt) bytes[0] ^= 1;
        await service.EndAsync(trick, ct);
        return new FetchResult
        {
            Lease = delivery.Lease!,
            LeaseUntil = DateTimeOffset.UtcNow.AddMinutes(10),
            Offset = request.Offset,
            Length = bytes.Length,
            Sha256 = digest,
            Data = bytes,
        };
    }

    async Task<Outcome<ConfirmReceiptResult>> ConfirmAsync(ConfirmReceiptRequest request, OperationContext context, CancellationToken ct)
    {
        var trick = await service.BeginAsync($"ConfirmReceipt {request.Stage}", ct);
        if (trick is Trick.Refuse no) return no.Refusal;
        if (Deliveries.GetValueOrDefault(request.DeliveryId) is not { } delivery) return Unknown(request.DeliveryId);
        if (request.Lease != delivery.Lease) return new Refusal(ErrorCatalogue.LeaseLost, delivery.Id);
        var kind = request.Stage == ConfirmStages.Stored ? ReceiptKind.Delivered : ReceiptKind.Applied;
        lock (_gate)
        {
            if (delivery.Confirmed.FirstOrDefault(one => one.Stage == request.Stage) is not { } earlier) delivery.Confirmed.Add(request);
            else if (earlier.CountAccepted != request.CountAccepted)
                return new Refusal(ErrorCatalogue.ConfirmationMismatch, delivery.Id, "another result");
            delivery.Receipts.TryAdd(kind, service.Sign(delivery.Transfer, kind, "kaoku").ReceiptDocument);
        }
        await service.EndAsync(trick, ct);
        return new ConfirmReceiptResult { State = kind.ToString(), ReceiptDocument = delivery.Receipts[kind] };
    }

    static Refusal Unknown(string id) => new(ErrorCatalogue.DeliveryUnknown, id, "kaoku");
}
