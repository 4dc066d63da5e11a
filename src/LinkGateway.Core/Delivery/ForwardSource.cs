using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>What a forward sends from: a transfer that is still coming in, or one that is accepted.</summary>
sealed class ForwardSource : IAsyncDisposable
{
    readonly PayloadAccess _payloads;
    readonly LiveTransfer? _live;
    readonly TransferRecord _record;
    IPayloadReader? _reader;

    ForwardSource(PayloadAccess payloads, LiveTransfer? live, TransferRecord record, ChunkMap chunks) =>
        (_payloads, _live, _record, Chunks) = (payloads, live, record, chunks);

    /// <summary>What is durable here.</summary>
    public ChunkMap Chunks { get; }

    /// <summary>The transfer's row as it is now.</summary>
    public TransferRecord Record => _live?.Record ?? _record;

    /// <summary>Accepted here: no more chunks will come.</summary>
    public bool IsComplete => Record.State == TransferState.Accepted && Record.PayloadId == _record.PayloadId;

    /// <summary>Cancelled, expired, rejected, or begun anew with other bytes.</summary>
    public bool IsEnded => Record.PayloadId != _record.PayloadId
        || Record.State is not (TransferState.Open or TransferState.Verifying or TransferState.Accepted);

    /// <summary>Ends when chunks or state have changed; take it before looking.</summary>
    public Task Changed => _live?.Changed.Next ?? Task.CompletedTask;

    public static async ValueTask<ForwardSource> OpenAsync(
        CoreServices services, TransferService transfers, TransferRecord transfer, CancellationToken cancellationToken)
    {
        if (transfer.State is TransferState.Open or TransferState.Verifying)
        {
            using var scope = await transfers.Registry.EnterAsync(transfer.Identity, cancellationToken);
            if (scope.Transfer is { IsUnfinished: true } live) return new ForwardSource(transfers.Payloads, live, transfer, live.Chunks);
            transfer = scope.Transfer.Record ?? transfer;
        }

        var chunks = new ChunkMap(transfer.ChunkSize, await services.Journal.ChunksAsync(transfer.PayloadId, cancellationToken));
        return new ForwardSource(transfers.Payloads, null, transfer, chunks);
    }

    /// <summary>Opens the payload; call once before the first <see cref="Content"/>.</summary>
    /// <param name="pace">Keeps what goes out to its bandwidth.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask OpenReaderAsync(Func<IPayloadReader, IPayloadReader> pace, CancellationToken cancellationToken) =>
        _reader ??= pace(await _payloads.OpenAsync(_record, cancellationToken));

    /// <summary>The bytes of a durable chunk.</summary>
    public ChunkContent Content(ChunkRecord chunk) => new(_reader!, chunk.Index * _record.ChunkSize, chunk.Length);

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null) await _reader.DisposeAsync();
    }
}
