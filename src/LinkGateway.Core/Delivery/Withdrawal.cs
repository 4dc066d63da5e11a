using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Carries a withdrawal to every gateway that a delivery has gone to, until each has answered (DESIGN section 4, item 7). A transfer that
/// was accepted is cancelled there; of one that was not, the unfinished upload.
/// </summary>
sealed class Withdrawal(CoreServices services, DestinationWatch watch, IPeerFactory peers)
{
    /// <summary>What became of a delivery there.</summary>
    enum Answer
    {
        Gone,
        Pending,
        TooLate,
    }

    /// <summary>
    /// Whether a gateway may have accepted it, or is being sent it, so that it must be told of its end. What only waits is nowhere else, or
    /// lies there as an unfinished upload that expires.
    /// </summary>
    public static bool MayBeElsewhere(DeliveryRecord delivery, GatewayConfiguration configuration) =>
        (delivery.State is DeliveryState.Sending or DeliveryState.InDoubt or DeliveryState.HandedOver || delivery.Doubts.Count > 0)
            && (delivery.State == DeliveryState.Failed || !DeliveryStates.IsFinal(delivery.State))
            && (IsGateway(delivery.DestinationId, configuration) || delivery.Doubts.Any(id => IsGateway(id, configuration)));

    /// <summary>
    /// The row of a delivery that somebody withdraws: cancelled where it has not begun, with the intention where other gateways must answer
    /// first, null where it is too late, or where only an operator can find out whether it is.
    /// </summary>
    public static DeliveryRecord? Of(DeliveryRecord delivery, GatewayConfiguration configuration, DateTimeOffset now, string reason)
    {
        // Whoever may hold it and cannot be asked: a foreign endpoint, or a gateway that is not configured any more.
        if (delivery.Doubts.Any(id => !IsGateway(id, configuration))) return null;
        if (MayBeElsewhere(delivery, configuration)) return Begin(delivery, now, reason);

        // What lies in an inbox goes as long as nobody has begun to fetch it: whoever has may have stored it, also when its lease ran out
        // before it could say so.
        return delivery.State is DeliveryState.Waiting or DeliveryState.Held or DeliveryState.Failed
            ? Acceptance.Withdrawn(delivery, now, "", reason)
            : null;
    }

    static bool IsGateway(string destinationId, GatewayConfiguration configuration) =>
        configuration.Destinations.Any(item => item is GatewayDestination && item.Id == destinationId);

    /// <summary>The row of a delivery that is to be withdrawn; whoever works on it now is fenced off.</summary>
    public static DeliveryRecord Begin(DeliveryRecord delivery, DateTimeOffset now, string reason) => delivery with
    {
        // What was given up in doubt is taken up again to be asked about.
        State = delivery.State == DeliveryState.Failed ? DeliveryState.Waiting : delivery.State,
        Intention = DeliveryIntention.Withdraw,
        IntentionReason = reason,
        Doubts = [.. delivery.Doubts.Append(delivery.DestinationId).Distinct()],
        NextAttemptAt = now,
        LeaseOwner = null,
        LeaseUntil = null,
        UpdatedAt = now,
        Version = delivery.Version + 1,
    };

    public async ValueTask<DeliveryOutcome> RunAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        // The id is in use again by a newer upload, whose own forward clears away what is left.
        if (attempt.Transfer.PayloadId != attempt.Record.PayloadId) return new DeliveryOutcome.Withdrawn();
        var destinations = services.Configuration.Current.Configuration.Destinations.OfType<GatewayDestination>()
            .Where(item => item.Id == attempt.Record.DestinationId || attempt.Doubts.Contains(item.Id));
        var pending = "";
        if (attempt.Doubts.FirstOrDefault(id => !IsGateway(id, services.Configuration.Current.Configuration)) is { } unknown)
            pending = $"{unknown}: it is not configured any more";
        foreach (var destination in destinations)
        {
            switch (await AskAsync(attempt, destination, cancellationToken))
            {
                case (Answer.TooLate, _):
                    return new DeliveryOutcome.TooLate($"too late at {destination.Id}");
                case (Answer.Pending, var text):
                    pending = $"{destination.Id}: {text}";
                    break;
            }
        }

        return pending.Length == 0
            ? new DeliveryOutcome.Withdrawn()
            : new DeliveryOutcome.StillWithdrawing(
                ErrorCatalogue.DestinationUnreachable.Code, $"The withdrawal is not answered yet by {pending}");
    }

    async ValueTask<(Answer Answer, string Text)> AskAsync(
        DeliveryAttempt attempt, GatewayDestination destination, CancellationToken cancellationToken)
    {
        var peer = peers.PeerOf(destination);
        var request = new CancelTransferRequest
        {
            Transfer = Inquiry.ReferenceOf(attempt),
            Reason = attempt.Record.IntentionReason,
        };
        if (attempt.Transfer.AcceptedAt is null)
        {
            // Never accepted here, so not there by us; but perhaps there by another way, and then it is not ours to end.
            var status = await peer.GetTransferStatusAsync(new GetTransferStatusRequest { Transfer = request.Transfer }, cancellationToken);
            if (!status.Answered) return NotAnswered(destination, status);
            if (status.Value.State is not (nameof(TransferState.Open) or nameof(TransferState.Verifying))) return (Answer.Gone, "");
            request = request with { Attempt = status.Value.Attempt };
        }

        var answer = await peer.CancelTransferAsync(request, cancellationToken);
        if (!answer.Answered) return NotAnswered(destination, answer);
        watch.Answered(destination);
        if (answer.Value.State != nameof(TransferState.Accepted)) return (Answer.Gone, "");
        var outcomes = answer.Value.Deliveries
            .Where(item => item.Receiver == attempt.Record.Receiver)
            .Select(item => item.Outcome).ToList();
        if (outcomes.Contains(CancelOutcomes.TooLate)) return (Answer.TooLate, "");
        return outcomes.Contains(CancelOutcomes.Pending) ? (Answer.Pending, "it asks further gateways") : (Answer.Gone, "");
    }

    (Answer Answer, string Text) NotAnswered<T>(GatewayDestination destination, PeerAnswer<T> answer)
        where T : class
    {
        var text = $"{answer.Code} {answer.Text}".Trim();
        if (answer.Outcome == PeerOutcome.Refused) watch.Answered(destination);
        else watch.Missed(destination, text);

        // Unknown there: nothing of it has come, and nobody here sends any more.
        return answer.Outcome == PeerOutcome.Refused && answer.Code == ErrorCatalogue.TransferUnknown.Code
            ? (Answer.Gone, "")
            : (Answer.Pending, text);
    }
}
