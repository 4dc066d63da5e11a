using System.Collections.Concurrent;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;

namespace LinkGateway.Core.Transfers;

/// <summary>The unfinished transfers in memory, loaded from the journal when first asked for and dropped when finished.</summary>
sealed class TransferRegistry(CoreServices services)
{
    readonly ConcurrentDictionary<TransferIdentity, LiveTransfer> _live = new();

    /// <summary>The transfer in memory when it is there.</summary>
    public LiveTransfer? Find(TransferIdentity identity) => _live.GetValueOrDefault(identity);

    /// <summary>Waits for its turn to decide about a transfer; dispose the scope when the decision is made.</summary>
    public async ValueTask<DecisionScope> EnterAsync(TransferIdentity identity, CancellationToken cancellationToken)
    {
        while (true)
        {
            var live = _live.GetOrAdd(identity, static id => new LiveTransfer(id));
            await live.Decisions.WaitAsync(cancellationToken);
            if (!live.Evicted)
            {
                var scope = new DecisionScope(this, live);
                try
                {
                    if (!live.Loaded) await LoadAsync(live, cancellationToken);
                    return scope;
                }
                catch
                {
                    scope.Dispose();
                    throw;
                }
            }

            live.Decisions.Release();
        }
    }

    /// <summary>Ends a decision: what is finished (or never began) leaves memory.</summary>
    public void Leave(LiveTransfer live)
    {
        if (!live.IsUnfinished)
        {
            live.Evicted = true;
            _live.TryRemove(new KeyValuePair<TransferIdentity, LiveTransfer>(live.Identity, live));
            live.Hasher?.Stop();
            services.Intake.Close(live.Identity);
        }

        live.Decisions.Release();
    }

    async Task LoadAsync(LiveTransfer live, CancellationToken cancellationToken)
    {
        var known = live.Record;
        var record = await services.Journal.FindTransferAsync(live.Identity, cancellationToken);

        // After a commit whose outcome is unknown the row may be another: then whoever still writes for the old one ends first.
        if (record?.PayloadId != known?.PayloadId || record?.Attempt != live.Attempt.Number)
        {
            await live.Attempt.FenceAsync();
            live.Attempt = new UploadAttempt(record?.Attempt ?? 0);
        }

        if (record is { State: TransferState.Open or TransferState.Verifying } && record.PayloadId != known?.PayloadId)
        {
            live.Chunks = new ChunkMap(record.ChunkSize, await services.Journal.ChunksAsync(record.PayloadId, cancellationToken));
            live.FirstByteAt = record.FirstByteAt;
            live.LastByteAt = record.LastByteAt ?? record.FirstByteAt ?? record.CreatedAt;
        }

        live.Record = record;
        live.Loaded = true;
    }
}
