using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// One attempt to deliver a stored message: it is posted to the route's destination, or to the next one that can be reached.
/// </summary>
/// <remarks>
/// What was posted and not answered is in doubt (DESIGN section 4, item 8), and then goes to no other destination before it was answered. A
/// gateway knows the message again, so there it is posted once more; a receiver gets it at least once, or at most once where its
/// destination says so.
/// </remarks>
sealed class MessageDelivery(
    CoreServices services, TransferService transfers, IMessageSender sender, Ways ways, DestinationWatch watch, IDeliveryEvents events)
{
    // What an operator there can mend. With any other refusal the message itself is at fault.
    static readonly HashSet<string> Mendable =
    [
        ErrorCatalogue.OriginNotAllowed.Code, ErrorCatalogue.NoRoute.Code, ErrorCatalogue.NotAuthenticated.Code,
        ErrorCatalogue.EntryReceiptInvalid.Code, ErrorCatalogue.ReplyAddressInvalid.Code, ErrorCatalogue.OverQuota.Code,
        ErrorCatalogue.ParticipantSuspended.Code,
    ];

    public async ValueTask<DeliveryOutcome> RunAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Transfer.State != TransferState.Accepted) return new DeliveryOutcome.Ended();
        try
        {
            return await RunAsync(attempt, ways.OfMessage(attempt), cancellationToken);
        }
        catch (StorageException e) when (attempt.MessageInDoubt)
        {
            // Our own trouble does not resolve the doubt.
            events.AttemptCrashed(attempt.Record, e);
            return new DeliveryOutcome.InDoubt(ErrorCatalogue.StorageTrouble.Code, $"storage: {e.Failure}");
        }
    }

    async ValueTask<DeliveryOutcome> RunAsync(
        DeliveryAttempt attempt, IReadOnlyList<Destination> way, CancellationToken cancellationToken)
    {
        var atMostOnce = way.Any(destination => destination is ServiceDestination { AtMostOnce: true });
        if (attempt.MessageInDoubt && atMostOnce) return BrokeOff(attempt);
        var missed = new Missed("", "", null);
        foreach (var destination in way)
        {
            if (destination is not (ServiceDestination or GatewayDestination)) return Carrier.NotConfigured(destination);
            if (destination != way[0] && !ways.MayTurnTo(attempt, destination)) continue;
            await attempt.TurnToAsync(destination, cancellationToken);
            var outcome = await PostAsync(attempt, atMostOnce, cancellationToken);
            if (outcome is not Missed next) return outcome;
            missed = next with { After = Later(missed.After, next.After) };
        }

        return attempt.MessageInDoubt
            ? new DeliveryOutcome.InDoubt(missed.Code, missed.Text, missed.After)
            : new DeliveryOutcome.Retry(missed.Code, missed.Text, missed.After);
    }

    async ValueTask<DeliveryOutcome> PostAsync(DeliveryAttempt attempt, bool atMostOnce, CancellationToken cancellationToken)
    {
        var transfer = attempt.Transfer;
        var chunks = await services.Journal.ChunksAsync(transfer.PayloadId, cancellationToken);
        await using var reader = services.Bandwidth.Pace(
            await transfers.Payloads.OpenAsync(transfer, cancellationToken), transfer, attempt.Record, attempt.Destination.Id);
        using var content = new PayloadContent(reader, transfer.ChunkSize, chunks);
        MessageAnswer? answer = null;
        try
        {
            answer = await sender.SendAsync(PostOf(attempt, content), cancellationToken);
        }
        catch (Exception) when (content.Damaged is not null || content.Failure is not null)
        {
            // What the adapter made of it does not matter: the message did not go out whole.
        }

        if (content.Damaged is { } chunk) return PayloadCopy.Damaged(transfer, chunk);
        if (content.Failure is { } failure) throw failure;
        Report(attempt.Destination, answer!);
        return Judge(attempt, answer!, atMostOnce);
    }

    void Report(Destination destination, MessageAnswer answer)
    {
        switch (answer)
        {
            case MessageAnswer.NotSent { Code: var code, Text: var text }:
                watch.Missed(destination, $"{code} {text}".Trim());
                break;
            case MessageAnswer.MaybeSent { Code: var code, Text: var text }:
                watch.Missed(destination, $"{code} {text}".Trim());
                break;
            case MessageAnswer.Busy:
                // It may be our own queue that is full.
                break;
            default:
                watch.Answered(destination);
                break;
        }
    }

    MessagePost PostOf(DeliveryAttempt attempt, PayloadContent content)
    {
        var (transfer, manifest) = (attempt.Transfer, attempt.Transfer.Manifest);
        var isLastHop = attempt.Destination is ServiceDestination;
        return new MessagePost
        {
            Destination = attempt.Destination,
            Identity = transfer.Identity,
            Manifest = manifest,
            Receiver = attempt.Record.Receiver,
            Replay = attempt.Record.Replay,
            DeliveryId = attempt.Record.DeliveryId,
            Attempt = attempt.Record.Attempts,
            Content = content,
            Hops = [.. transfer.Hops, services.Configuration.Current.Configuration.Gateway.Id],
            EntryReceiptDocument = transfer.EntryReceipt!.Value,
            ReplyTo = isLastHop && manifest.ExpectsReply()
                ? new CallbackToken(transfer.Identity.Origin, transfer.Identity.TransferId)
                : null,
            InReplyTo = !isLastHop && manifest.Property(MessageProperties.InReplyTo) is { } asked && manifest.IsReply()
                ? new CallbackToken(attempt.Record.Receiver, asked)
                : null,
        };
    }

    DeliveryOutcome Judge(DeliveryAttempt attempt, MessageAnswer answer, bool atMostOnce) => (answer, attempt.Destination) switch
    {
        (MessageAnswer.Delivered, ServiceDestination) => new DeliveryOutcome.Delivered(services.Now),
        (MessageAnswer.HandedOver handed, GatewayDestination gateway) => new DeliveryOutcome.HandedOver(
            handed.ReceiptDocument is { } document ? PeerReceipts.Read(services, events, attempt, gateway, document) : null),
        (MessageAnswer.NotSent missed, _) => new Missed(missed.Code, missed.Text, missed.RetryAfter),
        (MessageAnswer.Busy busy, _) => new Missed(busy.Code, busy.Text, busy.RetryAfter),
        (MessageAnswer.MaybeSent lost, ServiceDestination) when atMostOnce => Hold(attempt, lost.Code, lost.Text),
        (MessageAnswer.MaybeSent lost, _) => new DeliveryOutcome.InDoubt(lost.Code, lost.Text),
        (MessageAnswer.Refused refused, _) => Refused(attempt, refused),
        _ => throw new InvalidOperationException($"{attempt.Destination.GetType().Name} does not answer {answer.GetType().Name}."),
    };

    static DeliveryOutcome Refused(DeliveryAttempt attempt, MessageAnswer.Refused refused)
    {
        if (refused.Code == ErrorCatalogue.ReplayTaken.Code)
            return new DeliveryOutcome.Failed(refused.Code, $"{attempt.Destination.Id}: {refused.Text}");
        var entry = ErrorCatalogue.DestinationRefused;
        var text = entry.Text([attempt.Destination.Id, $"{refused.Code} {refused.Text}".Trim()], japanese: false);
        if (attempt.Destination is not GatewayDestination || !Mendable.Contains(refused.Code))
            return new DeliveryOutcome.Failed(entry.Code, text);
        return attempt.MessageInDoubt
            ? new DeliveryOutcome.InDoubt(entry.Code, text, refused.RetryAfter)
            : new DeliveryOutcome.Retry(entry.Code, text, refused.RetryAfter);
    }

    static DeliveryOutcome.Held BrokeOff(DeliveryAttempt attempt)
    {
        var entry = ErrorCatalogue.AnswerBroken;
        var reason = "the attempt broke off while the message was sent";
        return Hold(attempt, entry.Code, entry.Text([attempt.Destination.Id, reason], japanese: false));
    }

    /// <summary>The outcome where at most once forbids to send again what may have come.</summary>
    internal static DeliveryOutcome.Held Hold(DeliveryAttempt attempt, string code, string text)
    {
        attempt.Doubts.Add(attempt.Destination.Id);
        return new(
            code,
            $"{text} It goes there at most once (destinations[].atMostOnce) and was not sent again: find out at the receiver whether it "
                + "came, then settle the delivery as delivered, or as not delivered to send it once more.");
    }

    static TimeSpan? Later(TimeSpan? one, TimeSpan? other) => one > other ? one : other ?? one;

    /// <summary>Nothing was acted upon there; the next destination may be tried.</summary>
    sealed record Missed(string Code, string Text, TimeSpan? After) : DeliveryOutcome;
}
