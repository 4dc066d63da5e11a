using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Nights;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Receivers;

/// <summary>
/// A receiver that fetches from an inbox: lists, fetches range by range, checks, stores, confirms as stored and then as applied. What it
/// has stored it knows for ever, by delivery; all else it forgets when it dies. Several of its programs may fetch at once.
/// </summary>
sealed class InboxReceiver(Night night, Dice dice, string id, Host host)
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    readonly HashSet<string> _stored = [];
    Life? _life;

    public string Id => id;

    /// <summary>Starts one or two programs.</summary>
    public void Start()
    {
        _life = night.Loop.Begin(id);
        for (var programs = dice.Between(1, 2); programs > 0; programs--) _life.Start(() => ReceiveAsync(_life));
    }

    /// <summary>All its programs die, and are started again.</summary>
    public void Crash(TimeSpan pause)
    {
        night.Trace.Write(id, $"dies, back in {pause}");
        _life!.End();
        night.World.Start(async () =>
        {
            await night.Loop.DelayAsync(pause, CancellationToken.None);
            Start();
        });
    }

    async Task ReceiveAsync(Life life)
    {
        string? cursor = null;
        while (true)
        {
            await PauseAsync();
            var request = new ListInboxRequest { Cursor = cursor, Max = dice.Between(1, 5), WaitSeconds = dice.Between(0, 30) };
            var listed = await CallAsync(life, "List", (there, aborted) => there.Transfers.ListInboxAsync(id, request, aborted));
            if (!listed.Answered) continue;
            foreach (var item in listed.Value.Items) await ReceiveAsync(life, item);

            // What it could not fetch now is to be listed again.
            cursor = listed.Value.Items.Count > 0 ? listed.Value.Cursor : null;
        }
    }

    async Task ReceiveAsync(Life life, InboxItem item)
    {
        if (await FetchAsync(life, item) is not var (bytes, lease)) return;
        if (Sha256Digest.Of(bytes) != item.Sha256)
        {
            night.Fail($"{id} fetched other bytes of {item.TransferId} than are listed");
            return;
        }

        await PauseAsync();
        if (_stored.Add(item.DeliveryId))
        {
            night.Trace.Write(id, $"stores {item.TransferId}");
            night.Take(item.TransferId, id, bytes);
        }

        foreach (var stage in (string[])[ConfirmStages.Stored, ConfirmStages.Applied])
        {
            await PauseAsync();
            if (!await ConfirmAsync(life, item, lease, stage)) return;
        }
    }

    async Task<(byte[] Bytes, string Lease)?> FetchAsync(Life life, InboxItem item)
    {
        var bytes = new byte[item.Size];
        string? lease = null;
        var done = 0L;
        do
        {
            var length = dice.Chance(0.7) ? item.ChunkSize : dice.Between(1, 5000);
            var request = new FetchChunkRequest
            {
                DeliveryId = item.DeliveryId,
                Lease = lease,
                Offset = done,
                Length = item.Size == 0 ? 0 : length,
                WantData = true,
            };
            var fetched = await CallAsync(
                life, $"Fetch {item.TransferId}", (there, aborted) => there.Transfers.FetchChunkAsync(id, request, aborted));
            if (!fetched.Answered || fetched.Value.Data is not { } data) return null;
            if (fetched.Value.Result.Offset != done || Sha256Digest.Of(data) != fetched.Value.Result.Sha256)
                night.Fail($"{id} fetched a range of {item.TransferId} that is not what its answer says");
            data.CopyTo(bytes, done);
            done += data.Length;
            lease = fetched.Value.Result.Lease;
            if (dice.Chance(0.2)) await PauseAsync();
        }
        while (done < item.Size);
        return (bytes, lease);
    }

    async Task<bool> ConfirmAsync(Life life, InboxItem item, string lease, string stage)
    {
        var request = new ConfirmReceiptRequest
        {
            DeliveryId = item.DeliveryId,
            Lease = lease,
            Stage = stage,
            Size = item.Size,
            Sha256 = item.Sha256,
        };
        var confirmed = await CallAsync(
            life, $"Confirm {item.TransferId} {stage}", (there, aborted) => there.Transfers.ConfirmReceiptAsync(id, request, aborted));
        if (!confirmed.Answered) return false;
        night.Trace.Write(id, $"confirmed {item.TransferId} as {stage}");
        if (confirmed.Value.ReceiptDocument is { } document && night.Receipts.Verify(document, out _) is { } content
            && content.TransferId == item.TransferId && content.Receiver == id) return true;
        night.Fail($"{id} confirmed {item.TransferId} as {stage} and has no receipt of it");
        return false;
    }

    Task PauseAsync() => night.Loop.DelayAsync(dice.Span(Soon, Late), CancellationToken.None);

    ValueTask<PeerAnswer<T>> CallAsync<T>(
        Life life, string what, Func<Gateway, CancellationToken, ValueTask<Contract.Errors.Outcome<T>>> call)
        where T : class =>
        night.Wire.CallAsync(life, id, host, what, (there, _, aborted) => call(there, aborted), CancellationToken.None);
}
