using LinkGateway.Contract.Operator;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Replay;

/// <summary>Orders to replay and their deliveries as operators see them.</summary>
static class ReplayViews
{
    public static ReplayEntry Of(DeliveryRecord delivery, TransferRecord? transfer, ReplayVerdict verdict, int? replay) => new()
    {
        DeliveryId = delivery.DeliveryId,
        Origin = delivery.Transfer.Origin,
        TransferId = delivery.Transfer.TransferId,
        Receiver = delivery.Receiver,
        State = $"{delivery.State}",
        FileName = transfer?.Manifest.FileName,
        Size = transfer?.Size,
        Action = verdict.Action,
        PayloadHere = verdict.PayloadHere,
        Destination = verdict.DestinationId,
        Replay = replay,
        Text = verdict.Text,
    };

    /// <summary>A delivery that has had its turn.</summary>
    public static ReplayEntry Of(
        ReplayItemRecord item, DeliveryRecord delivery, TransferRecord? transfer, ReplayVerdict verdict, DeliveryRecord? carriedOutBy) =>
        Of(delivery, transfer, verdict, carriedOutBy?.Replay) with
        {
            Action = item.State switch
            {
                ReplayItemState.Continued => ReplayAction.Continue,
                ReplayItemState.Copied => ReplayAction.Copy,
                _ => ReplayAction.Skip,
            },
            Destination = carriedOutBy?.DestinationId,
            Done = true,
            CarriedOutBy = item.CarriedOutBy,
            CarriedOutState = carriedOutBy is null ? null : $"{carriedOutBy.State}",
            Text = item.Text,
        };

    public static ReplaySummary Of(ReplayOrderRecord order, ReplayProgress progress, DateTimeOffset now)
    {
        var pending = progress.Count(ReplayItemState.Pending);
        return new ReplaySummary
        {
            OrderId = order.OrderId,
            At = order.At,
            Operator = order.Operator,
            Reason = order.Reason,
            State = order.State switch
            {
                ReplayState.Running => ReplaySummary.Running,
                ReplayState.Done => ReplaySummary.Done,
                _ => ReplaySummary.Stopped,
            },
            EndText = order.EndText,
            To = order.To,
            Rate = order.Rate,
            Deliveries = progress.Items.Values.Sum(),
            Pending = pending,
            Continued = progress.Count(ReplayItemState.Continued),
            Copied = progress.Count(ReplayItemState.Copied),
            Skipped = progress.Count(ReplayItemState.Skipped),
            Outcomes = progress.Outcomes.OrderBy(count => count.Key).ToDictionary(count => $"{count.Key}", count => count.Value),
            LastTurnAt = order.State == ReplayState.Running && pending > 0 ? now + (TimeSpan.FromMinutes(1) / order.Rate * pending) : null,
        };
    }
}
