using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;

namespace LinkGateway.Client.Sending;

/// <summary>Waits until every delivery of an accepted transfer has come to an end.</summary>
/// <remarks>
/// It asks for the transfer's own state, at growing intervals: GetReceiptsSince would begin with all earlier receipts of the origin.
/// </remarks>
sealed class DeliveryWatch(
    BatchClient client, Repeater repeater, TimeSpan timeout, TimeSpan maxInterval, TimeProvider time, TransferReference transfer)
{
    static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(200);

    public IReadOnlyList<DeliveryStatus> Deliveries { get; private set; } = [];

    public async ValueTask<SendStop?> RunAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var request = new GetTransferStatusRequest { Transfer = transfer };
        for (var interval = FirstInterval; ; interval = Min(interval * 1.5, maxInterval))
        {
            var answer = await repeater.CallAsync(ct => client.GetTransferStatusAsync(request, ct), cancellationToken);
            if (!answer.Answered) return SendStop.From(answer);
            Deliveries = answer.Value.Deliveries;
            if (Deliveries.Count > 0 && Deliveries.All(one => IsAny(one, DeliveryState.Delivered, DeliveryState.Applied))) return null;
            if (Deliveries.FirstOrDefault(HasFailed) is { } failed) return new SendStop(SendEnd.DeliveryFailed, Describe(failed));
            var left = timeout - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) return new SendStop(SendEnd.NotDeliveredInTime, string.Join("; ", Deliveries.Select(Describe)));
            await Task.Delay(Min(interval, left), time, cancellationToken);
        }
    }

    public async ValueTask<IReadOnlyList<ReceiptEntry>> ReceiptsAsync(CancellationToken cancellationToken)
    {
        var request = new GetReceiptsRequest { Transfer = transfer };
        var answer = await repeater.CallAsync(ct => client.GetReceiptsAsync(request, ct), cancellationToken);
        return answer.Value?.Receipts ?? [];
    }

    static bool HasFailed(DeliveryStatus one) => IsAny(one, DeliveryState.Failed, DeliveryState.ReceiverRejected, DeliveryState.Cancelled);

    static bool IsAny(DeliveryStatus one, params ReadOnlySpan<DeliveryState> states)
    {
        foreach (var state in states)
        {
            if (one.State == state.ToString()) return true;
        }
        return false;
    }

    static string Describe(DeliveryStatus one)
    {
        var error = one.LastErrorText is null ? "" : $", {one.LastErrorCode} {one.LastErrorText}";
        return $"{one.Receiver}: {one.State}{error}";
    }

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
