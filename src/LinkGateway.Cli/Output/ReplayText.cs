using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Output;

/// <summary>Replays as text.</summary>
static class ReplayText
{
    /// <summary>An order in a line or two: who, when, why, how far, and what has become of it.</summary>
    public static string Line(ReplaySummary order)
    {
        var outcomes = order.Outcomes.Count == 0
            ? "-"
            : string.Join(", ", order.Outcomes.Select(count => $"{count.Key} {count.Value}"));
        var end = order.EndText ?? (order.LastTurnAt is { } last ? Say.Text(Messages.ReplayLastTurn, OperatorText.At(last)) : "");
        return Say.Text(
            Messages.ReplayLine, order.OrderId, order.State, OperatorText.At(order.At), order.Operator, order.Reason, order.Deliveries,
            order.Pending, order.Continued, order.Copied, order.Skipped, outcomes, order.Rate) + $" {end}".TrimEnd();
    }

    /// <summary>Writes its deliveries as a table.</summary>
    public static void WriteTable(CliHost host, IReadOnlyList<ReplayEntry> entries)
    {
        if (entries.Count == 0) return;
        TextTable.Write(
            host,
            [
                Messages.HeadAction, Messages.HeadState, Messages.HeadDelivery, Messages.HeadWay, Messages.HeadTransfer,
                Messages.HeadPayload, Messages.HeadReason,
            ],
            entries.Select(entry => new[]
            {
                Action(entry), entry.State, entry.DeliveryId, $"{entry.Origin} > {entry.Receiver} ({entry.Destination ?? "-"})",
                entry.TransferId, entry.PayloadHere ? Messages.ReplayPayloadHere : Messages.ReplayPayloadGone,
                entry.Done && entry.CarriedOutBy is not null
                    ? $"{entry.CarriedOutBy} {entry.CarriedOutState} {entry.Text}".TrimEnd()
                    : entry.Text ?? "",
            }));
    }

    static string Action(ReplayEntry entry) => entry.Action switch
    {
        ReplayAction.Continue => Messages.ReplayContinue,
        ReplayAction.Copy => Say.Text(Messages.ReplayCopy, entry.Replay is { } number ? $"{number}" : "n+1"),
        _ => Messages.ReplaySkip,
    };
}
