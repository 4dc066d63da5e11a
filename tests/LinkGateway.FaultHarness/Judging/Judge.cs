using LinkGateway.Contract.States;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Receiving;
using LinkGateway.FaultHarness.Sending;

namespace LinkGateway.FaultHarness.Judging;

/// <summary>
/// Waits until everything has settled, then compares what the sender holds receipts for with what the receiver took, what the first gateway
/// says of it, and what lies in the folders.
/// </summary>
/// <param name="fleet">Who carried the files.</param>
/// <param name="files">The files.</param>
/// <param name="settleTime">How long everything may take to settle; null for as long as the slowest machine needs.</param>
sealed class Judge(Fleet fleet, IReadOnlyList<OutgoingFile> files, TimeSpan? settleTime = null)
{
    static readonly TimeSpan LongestSettleTime = TimeSpan.FromMinutes(4);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Whatever comes a second time may come a moment after the first.
    static readonly TimeSpan Afterwards = TimeSpan.FromMilliseconds(300);

    /// <summary>Judges.</summary>
    public async Task<Verdict> JudgeAsync(CancellationToken cancellationToken)
    {
        var end = Environment.TickCount64 + (long)(settleTime ?? LongestSettleTime).TotalMilliseconds;
        while (await UnsettledAsync() is { Count: > 0 } && Environment.TickCount64 < end) await Task.Delay(Pause, cancellationToken);
        await Task.Delay(Afterwards, cancellationToken);
        var unsettled = await UnsettledAsync();
        fleet.Taker.Check();
        var taken = fleet.Taker.Taken.ToLookup(one => one.OriginalName);
        return new Verdict(
            files.Count(file => file.Accepted && !taken[file.Name].Any()),
            files.Sum(file => TooMany([.. taken[file.Name]])),
            files.Count(file => taken[file.Name].Any(one => one.Sha256 != file.Sha256)),
            unsettled);
    }

    // A delivery that was published again is known as such, even where its first publication was not written down.
    static int TooMany(IReadOnlyList<TakenFile> taken) => Math.Max(taken.Count - 1, taken.Count(one => one.Again));

    async Task<IReadOnlyList<string>> UnsettledAsync()
    {
        List<string> unsettled = [];
        var taken = fleet.Taker.Taken;
        foreach (var file in files.Where(file => file.Accepted))
        {
            if (taken.All(one => one.OriginalName != file.Name)) unsettled.Add($"{file.Name} was not taken");
            if (await UnsettledAsync(file) is { } state) unsettled.Add($"{file.Name} ({file.TransferId}): {state}");
        }
        unsettled.AddRange(fleet.Taker.Leftovers.Select(path => $"left at the receiver: {Path.GetRelativePath(fleet.Folder, path)}"));
        return unsettled;
    }

    async Task<string?> UnsettledAsync(OutgoingFile file)
    {
        var transferId = file.TransferId!;
        if (file.SettledByOperator)
        {
            return await fleet.StatusAtLastAsync(transferId) is { Deliveries: [{ State: nameof(DeliveryState.Delivered) }] }
                ? null
                : "not delivered at the last gateway";
        }
        var status = await fleet.StatusAsync(transferId);
        if (status is null) return "the first gateway does not answer";
        if (status.Deliveries.FirstOrDefault(one => one.State != nameof(DeliveryState.Delivered)) is { } open)
            return $"delivery is {open.State}, {open.LastErrorCode} {open.LastErrorText}";
        var receipts = await fleet.ReceiptsAsync(transferId);
        if (receipts.Count(one => one.Kind == "accepted" && one.Issuer == fleet.Entry.Id) != 1) return "not one accepted receipt";
        return receipts.Count(one => one.Kind == "delivered") == 1 ? null : "not one delivered receipt";
    }
}
