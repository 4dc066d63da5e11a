using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Inbox;

/// <summary>FetchFile and FetchChunk: bytes of a delivery under a lease.</summary>
sealed class InboxFetch(CoreServices services, PayloadAccess payloads, InboxLeases leases)
{
    // The largest chunk: what is asked for at once is hashed before the first byte goes out, unless it is one chunk.
    const long MaxLength = 256L << 20;

    public async ValueTask<Outcome<InboxContent>> FileAsync(
        string caller, FetchFileRequest request, CancellationToken cancellationToken)
    {
        var leased = await leases.TakeAsync(caller, request.DeliveryId, request.Lease, _ => null, cancellationToken);
        if (!leased.Succeeded) return leased.Refusal;
        return await OpenAsync(leased.Value, 0, leased.Value.Transfer.Size!.Value, cancellationToken);
    }

    public async ValueTask<Outcome<InboxContent>> ChunkAsync(
        string caller, FetchChunkRequest request, CancellationToken cancellationToken)
    {
        var leased = await leases.TakeAsync(
            caller, request.DeliveryId, request.Lease, transfer => CheckRange(request, transfer.Size!.Value), cancellationToken);
        if (!leased.Succeeded) return leased.Refusal;
        var length = Math.Min(request.Length, leased.Value.Transfer.Size!.Value - request.Offset);
        var content = await OpenAsync(leased.Value, request.Offset, length, cancellationToken);
        if (!request.WantData) return content;
        await using (content)
        {
            return await content.GatherAsync(cancellationToken) is { } damaged ? damaged : content;
        }
    }

    Refusal? CheckRange(FetchChunkRequest request, long size)
    {
        if (request.Offset < 0 || request.Offset > size || (request.Offset == size && size > 0))
            return new Refusal(ErrorCatalogue.FieldInvalid, "offset", $"the file has {size} bytes");
        if (request.Length < 0 || (request.Length == 0 && size > 0))
            return new Refusal(ErrorCatalogue.FieldInvalid, "length", "it must be positive");
        if (request.Length > MaxLength) return new Refusal(ErrorCatalogue.FieldInvalid, "length", $"at most {MaxLength} bytes at once");
        var rootBytes = services.Configuration.Current.Configuration.Limits.RootBytes;
        return request.WantData && request.Length > rootBytes
            ? new Refusal(ErrorCatalogue.LimitExceeded, $"length {request.Length} with wantData", "limits.rootBytes", $"{rootBytes}")
            : null;
    }

    async ValueTask<InboxContent> OpenAsync(InboxEntry entry, long offset, long length, CancellationToken cancellationToken)
    {
        var (row, transfer) = entry;
        var reader = await payloads.OpenAsync(transfer, cancellationToken);
        try
        {
            var marks = await MarksAsync(transfer, offset, length, cancellationToken);
            var whole = length == transfer.Size ? transfer.Sha256 : marks is [var only] ? only.Sha256 : null;
            var digest = whole ?? await InboxContent.HashAsync(reader, offset, length, cancellationToken);
            var paced = services.Bandwidth.Pace(reader, transfer, row, row.DestinationId);
            return new InboxContent(services, leases, row, paced, marks.Count > 0 ? marks : Only(transfer, offset, length, digest))
            {
                Result = new FetchResult
                {
                    Lease = row.LeaseToken!,
                    LeaseUntil = row.LeaseUntil!.Value,
                    Offset = offset,
                    Length = length,
                    Sha256 = digest,
                },
            };
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    static IReadOnlyList<InboxMark> Only(TransferRecord transfer, long offset, long length, Sha256Digest digest) =>
        [new InboxMark(offset + length, (int)(offset / transfer.ChunkSize), digest)];

    /// <summary>Where the bytes can be checked against the journal: at the end of each chunk, when the range is whole chunks.</summary>
    async ValueTask<IReadOnlyList<InboxMark>> MarksAsync(
        TransferRecord transfer, long offset, long length, CancellationToken cancellationToken)
    {
        var end = offset + length;
        var isWhole = offset % transfer.ChunkSize == 0 && (end % transfer.ChunkSize == 0 || end == transfer.Size);
        if (!isWhole || length == 0) return [];
        var (first, last) = ((int)(offset / transfer.ChunkSize), (int)((end - 1) / transfer.ChunkSize));
        var chunks = await services.Journal.ChunksAsync(transfer.PayloadId, first, last, cancellationToken);
        if (chunks.Count != last - first + 1)
            throw new StorageException(StorageFailure.NotFound, $"The journal lacks chunks of payload {transfer.PayloadId}.");
        return [.. chunks.Select(chunk => new InboxMark((chunk.Index * transfer.ChunkSize) + chunk.Length, chunk.Index, chunk.Sha256))];
    }
}
