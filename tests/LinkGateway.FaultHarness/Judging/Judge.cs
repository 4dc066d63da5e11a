using LinkGateway.Contract.States;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Receiving;
using LinkGateway.FaultHarness.Sending;

namespace LinkGateway.FaultHarness.Judging;

/// <summary>
/// Waits until everything has settled, then compares what the sender holds receipts for with what the receiver took, what the first gateway
/// says of it, and what lies in the folders.
/// </summary>
sealed class Judge(Fleet fleet, IReadOnlyList<OutgoingFile> files)
{
    static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(120);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Whatever comes a second time may come a moment after the first.
    static readonly TimeSpan Afterwards = TimeSpan.FromMilliseconds(300);

    /// <summary>Judges.</summary>
    public async Task<Verdict> JudgeAsync(CancellationToken cancellationToken)
    {
        var end = Environment.TickCount64 + (long)SettleTime.TotalMilliseconds;
        while (await UnsettledAsync() is { Count: > 0 } && Environment.TickCount64 < end) await Task.Delay(Pause, cancellationToken);
        await Task.Delay(Afterwards, cancellationToken);
        var unsettled = await UnsettledAsync();
        fleet.Taker.Check();
        var taken = fleet.Taker.Taken.ToLookup(one => one.OriginalName);
        return new Verdict(
            files.Count(file => file.Accepted && !taken[file.Name].Any()),
            files.Count(file => taken[file.Name].Count() > 1) + taken.SelectMany(one => one).Count(one => one.Again && IsOurs(one)),
            files.Count(file => taken[file.Name].Any(one => one.Sha256 != file.Sha256)),
            unsettled);
    }

    async Task<IReadOnlyList<string>> UnsettledAsync()
    {
        List<string> unsettled = [];
        var taken = fleet.Taker.Taken;
        foreach (var file in files.Where(file => file.Accepted))
        {
            if (taken.All(one => one.OriginalName != file.Name)) unsettled.Add($"{file.Name} was not taken");
            if (await UnsettledAsync(file.TransferId!) is { } state) unsettled.Add($"{file.Name} ({file.TransferId}): {state}");
        }
        unsettled.AddRange(Directory.EnumerateFiles(fleet.ReceiverFolder, "*", SearchOption.AllDirectories)
            .Select(path => $"left in the receiver's folder: {Path.GetRelativePath(fleet.ReceiverFolder, path)}"));
        return unsettled;
    }

    async Task<string?> UnsettledAsync(string transferId)
    {
        var status = await fleet.StatusAsync(transferId);
        if (status is null) return "the first gateway does not answer";
        if (status.Deliveries.FirstOrDefault(one => one.State != nameof(DeliveryState.Delivered)) is { } open)
            return $"delivery is {open.State}, {open.LastErrorCode} {open.LastErrorText}";
        var receipts = await fleet.ReceiptsAsync(transferId);
        if (receipts.Count(one => one.Kind == "accepted" && one.Issuer == fleet.Entry.Id) != 1) return "not one accepted receipt";
        return receipts.Count(one => one.Kind == "delivered") == 1 ? null : "not one delivered receipt";
    }

    bool IsOurs(TakenFile taken) => files.Any(file => file.Name == taken.OriginalName);
}
