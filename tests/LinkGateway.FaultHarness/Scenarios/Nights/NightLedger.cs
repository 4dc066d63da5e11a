using System.Collections.Concurrent;
using System.Diagnostics;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.FaultHarness.Scenarios.Nights;

/// <summary>What one sending system knows of its files: when each was accepted and delivered, by the receipts. Thread-safe.</summary>
sealed class NightLedger(NightParticipant participant)
{
    readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    readonly Stopwatch _clock = Stopwatch.StartNew();
    int _delivered;
    int _refused;

    public NightParticipant Participant => participant;

    /// <summary>Seconds from the beginning of the night until the last of its receipts.</summary>
    public double Finished { get; private set; }

    /// <summary>Seconds from its first file to the last receipt.</summary>
    public double Took => Finished - _entries.Values.Min(entry => entry.Begun);

    public int Delivered => Volatile.Read(ref _delivered);

    /// <summary>Answers that told it to come again later.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public bool IsOver => Delivered == participant.Files;

    /// <summary>Digests by the names of the files.</summary>
    public IReadOnlyDictionary<string, Sha256Digest> Files => _entries.ToDictionary(pair => pair.Key, pair => pair.Value.Sha256);

    public void Begin(string name, Sha256Digest sha256) => _entries[name] = new Entry(sha256) { Begun = _clock.Elapsed.TotalSeconds };

    public void Accepted(string name) => _entries[name].AcceptedAt = _clock.Elapsed.TotalSeconds;

    public void ToldToWait() => Interlocked.Increment(ref _refused);

    /// <summary>Collects the receipts until all files are delivered.</summary>
    public async Task CollectAsync(BatchClient gateway, CancellationToken cancellationToken)
    {
        string? cursor = null;
        while (!IsOver)
        {
            var request = new GetReceiptsSinceRequest { Cursor = cursor, Max = 500, WaitSeconds = 10 };
            var answer = await gateway.GetReceiptsSinceAsync(request, cancellationToken);
            if (!answer.Answered)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                continue;
            }

            foreach (var receipt in answer.Value.Receipts.Where(receipt => receipt.Kind == "delivered")) Deliver(receipt);
            cursor = answer.Value.Cursor;
        }
    }

    /// <summary>Milliseconds from the acceptance to the receipt of the delivery, by part of the files.</summary>
    public double Latency(double part)
    {
        var all = _entries.Values.Select(entry => Math.Max(0, entry.DeliveredAt - entry.AcceptedAt)).Order().ToList();
        return all[(int)Math.Min(all.Count - 1, part * all.Count)] * 1000;
    }

    void Deliver(ReceiptEntry receipt)
    {
        var entry = _entries[receipt.TransferId];
        if (entry.DeliveredAt > 0) throw new InvalidOperationException($"{receipt.TransferId} was delivered twice.");
        Finished = entry.DeliveredAt = _clock.Elapsed.TotalSeconds;
        Interlocked.Increment(ref _delivered);
    }

    sealed class Entry(Sha256Digest sha256)
    {
        public Sha256Digest Sha256 => sha256;

        public double Begun { get; init; }

        public double AcceptedAt { get; set; }

        public double DeliveredAt { get; set; }
    }
}
