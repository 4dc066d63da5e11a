namespace LinkGateway.Client.Sending;

/// <summary>Sends several files, one after the other, in their order: each to its own end, whatever became of the others.</summary>
/// <remarks>
/// Deliveries are waited for when every file has been handed in: the members of a set are delivered together, after the last of them was
/// accepted. Given again, the same orders continue where they broke off, by the state file of each.
/// </remarks>
/// <param name="sender">Sends each file.</param>
/// <param name="time">Clock for waiting; the system's where null.</param>
public sealed class ListSender(FileSender sender, TimeProvider? time = null)
{
    // One transfer may be in trouble at the gateway; two in a row are the gateway's or the line's, and each costs all its tries.
    const int UnavailableInARow = 2;

    readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Carries out the orders.</summary>
    /// <param name="orders">The files. What each waits for is not looked at.</param>
    /// <param name="waitForDelivery">Longest wait for all deliveries together, after the last acceptance; null waits for none.</param>
    /// <param name="progress">The progress of one file, by its place in the list; may give null.</param>
    /// <param name="ended">Told of each file by its place, when it was handed in and again when its deliveries have ended.</param>
    /// <param name="cancellationToken">Stops the sending; it can be continued by the same orders.</param>
    /// <returns>How each ended, in the order of the list.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<SendOrder> orders,
        TimeSpan? waitForDelivery,
        Func<int, IProgress<SendProgress>?> progress,
        Action<int, SendOutcome> ended,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(ended);
        var outcomes = new SendOutcome[orders.Count];
        var unavailable = 0;
        for (var i = 0; i < orders.Count; i++)
        {
            outcomes[i] = unavailable < UnavailableInARow
                ? await HandInAsync(orders[i], progress(i), cancellationToken)
                : Without(orders[i], SendEnd.NotTried, outcomes[i - 1].Reason);
            unavailable = outcomes[i].End is SendEnd.Unavailable or SendEnd.NotTried ? unavailable + 1 : 0;
            ended(i, outcomes[i]);
        }

        if (waitForDelivery is { } longest) await AwaitAsync(orders, outcomes, longest, progress, ended, cancellationToken);
        return outcomes;
    }

    async ValueTask<SendOutcome> HandInAsync(SendOrder order, IProgress<SendProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(order with { WaitFor = WaitFor.Accepted }, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Without(order, SendEnd.Unreadable, e.Message);
        }
    }

    async ValueTask AwaitAsync(
        IReadOnlyList<SendOrder> orders,
        SendOutcome[] outcomes,
        TimeSpan longest,
        Func<int, IProgress<SendProgress>?> progress,
        Action<int, SendOutcome> ended,
        CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        for (var (i, unavailable) = (0, 0); i < outcomes.Length; i++)
        {
            if (outcomes[i].End != SendEnd.Accepted) continue;
            var left = longest - _time.GetElapsedTime(began);
            outcomes[i] = unavailable < UnavailableInARow
                ? await sender.AwaitDeliveryAsync(
                    orders[i], outcomes[i], left > TimeSpan.Zero ? left : TimeSpan.Zero, progress(i), cancellationToken)
                : outcomes[i] with { End = SendEnd.Unavailable, Reason = "The gateway no longer answered for the files before." };
            unavailable = outcomes[i].End == SendEnd.Unavailable ? unavailable + 1 : 0;
            ended(i, outcomes[i]);
        }
    }

    static SendOutcome Without(SendOrder order, SendEnd end, string reason) =>
        new() { End = end, TransferId = order.Manifest.TransferId, Reason = reason };
}
