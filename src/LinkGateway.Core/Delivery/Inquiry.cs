using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Asks the next gateway what has become of a delivery that it accepted and has sent no receipt for: receipts may have gone to the gateway
/// that handed it in first, it may have failed or been held there, or that gateway may be gone.
/// </summary>
sealed class Inquiry(CoreServices services, Ways ways, DestinationWatch watch, IPeerFactory peers, IDeliveryEvents events)
{
    public async ValueTask<DeliveryOutcome> RunAsync(
        DeliveryAttempt attempt, GatewayDestination destination, CancellationToken cancellationToken)
    {
        // Each of thousands would wait for its time-out.
        if (services.Health.IsOpen(destination.Id) && !attempt.Probes.Contains(destination.Id) && ways.HasAnother(attempt))
            return new DeliveryOutcome.Rerouted(
                ErrorCatalogue.DestinationUnreachable.Code,
                ErrorCatalogue.DestinationUnreachable.Text([destination.Id, "it is left alone"], japanese: false));
        var peer = peers.PeerOf(destination);
        var reference = ReferenceOf(attempt);
        var answer = await peer.GetReceiptsAsync(new GetReceiptsRequest { Transfer = reference }, cancellationToken);
        if (!answer.Answered) return NotAnswered(attempt, destination, answer);
        watch.Answered(destination);
        var receipts = Read(attempt, destination, answer.Value);
        if (receipts.Any(receipt => receipt.Content.Kind is ReceiptKind.Delivered or ReceiptKind.Applied))
            return new DeliveryOutcome.Proven(receipts);
        var status = await peer.GetTransferStatusAsync(new GetTransferStatusRequest { Transfer = reference }, cancellationToken);
        return status.Answered ? Judge(attempt, destination, status.Value, receipts) : NotAnswered(attempt, destination, status);
    }

    /// <summary>The transfer as the next gateway knows it.</summary>
    public static TransferReference ReferenceOf(DeliveryAttempt attempt) => new()
    {
        Origin = attempt.Transfer.Identity.Origin,
        TransferId = attempt.Transfer.Identity.TransferId,
        Receiver = attempt.Record.Receiver,
        Replay = attempt.Record.Replay,
    };

    List<ReceiptRecord> Read(DeliveryAttempt attempt, GatewayDestination destination, ReceiptsResult result)
    {
        List<ReceiptRecord> receipts = [];
        foreach (var entry in result.Receipts)
        {
            var receipt = PeerReceipts.Read(services, events, attempt, destination, entry.ReceiptDocument, issuer: null);
            if (receipt is not null) receipts.Add(receipt);
        }

        return receipts;
    }

    DeliveryOutcome NotAnswered<T>(DeliveryAttempt attempt, GatewayDestination destination, PeerAnswer<T> answer)
        where T : class
    {
        var refused = ErrorCatalogue.DestinationRefused;
        if (answer.Outcome == PeerOutcome.Refused && answer.Code == ErrorCatalogue.TransferUnknown.Code)
        {
            // It was accepted there and is not known any more: the gateway has lost its data. We still hold the file.
            return new DeliveryOutcome.Rerouted(
                refused.Code, refused.Text([destination.Id, "it no longer knows the file, which is sent again"], japanese: false));
        }

        if (answer.Outcome == PeerOutcome.Refused)
            return new DeliveryOutcome.StillHandedOver(refused.Code, refused.Text([destination.Id, answer.Text], japanese: false), []);
        var unreachable = ErrorCatalogue.DestinationUnreachable;
        var text = unreachable.Text([destination.Id, answer.Text], japanese: false);
        watch.Missed(destination, text);
        return ways.HasAnother(attempt)
            ? new DeliveryOutcome.Rerouted(unreachable.Code, text)
            : new DeliveryOutcome.StillHandedOver(unreachable.Code, text, []);
    }

    static DeliveryOutcome Judge(
        DeliveryAttempt attempt, GatewayDestination destination, TransferStatusResult status, List<ReceiptRecord> receipts)
    {
        var delivery = status.Deliveries.FirstOrDefault(
            item => item.Receiver == attempt.Record.Receiver && item.Replay == attempt.Record.Replay);
        var text = $"{destination.Id}: {delivery?.State} {delivery?.LastErrorCode} {delivery?.LastErrorText}".TrimEnd();
        return delivery?.State switch
        {
            nameof(DeliveryState.Failed) or nameof(DeliveryState.Cancelled) =>
                new DeliveryOutcome.Failed(ErrorCatalogue.DestinationRefused.Code, text),
            nameof(DeliveryState.ReceiverRejected) =>
                new DeliveryOutcome.Rejected(ErrorCatalogue.DestinationRefused.Code, text, null),

            // An operator has settled it there: no receipt proves it here, and an operator here must see it.
            nameof(DeliveryState.Delivered) or nameof(DeliveryState.Applied) =>
                new DeliveryOutcome.StillHandedOver(ErrorCatalogue.SettledByOperator.Code, $"{text}; no receipt proves it", receipts),
            _ when delivery?.LastErrorCode is { Length: > 0 } code => new DeliveryOutcome.StillHandedOver(code, text, receipts),
            _ => new DeliveryOutcome.StillHandedOver(null, null, receipts),
        };
    }
}
