using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Sets;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Carries one attempt out: by the first way that can be gone, as its destination wants it. Thread-safe.</summary>
sealed class Carrier(
    CoreServices services, Ways ways, PutOffs putOffs, DestinationWatch watch, FolderRemains remains, IDeliveryEvents events)
{
    static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    /// <summary>Asks about what was handed over.</summary>
    public required Inquiry Inquiry { get; init; }

    /// <summary>Withdraws what has gone on.</summary>
    public required Withdrawal Withdrawal { get; init; }

    /// <summary>Delivers the files of sets.</summary>
    public required SetDelivery Sets { get; init; }

    /// <summary>Delivers to folders.</summary>
    public required FolderDelivery Folder { get; init; }

    /// <summary>Delivers to other gateways.</summary>
    public required GatewayDelivery Gateway { get; init; }

    /// <summary>Posts stored messages; null where none are posted.</summary>
    public required MessageDelivery? Message { get; init; }

    /// <summary>Pushes files to receiving systems; null where there are none.</summary>
    public required ReceiverDelivery? Receiver { get; init; }

    /// <summary>Carries the attempt out.</summary>
    public async ValueTask<DeliveryOutcome> DeliverAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Record.Intention == DeliveryIntention.Withdraw) return await Withdrawal.RunAsync(attempt, cancellationToken);
        if (attempt.Record.State == DeliveryState.HandedOver) return await AskAsync(attempt, cancellationToken);
        if (Outdated(attempt) is { } outdated) return outdated;
        if (attempt.Transfer.Manifest.IsMessage()) return await PostAsync(attempt, cancellationToken);
        if (attempt.Record.State is not (DeliveryState.Publishing or DeliveryState.Held))
            return await CarryByWaysAsync(attempt, cancellationToken);
        var outcome = await CarryAsync(attempt, cancellationToken);
        Report(attempt, attempt.Destination, outcome);
        return outcome;
    }

    async ValueTask<DeliveryOutcome> AskAsync(DeliveryAttempt attempt, CancellationToken cancellationToken) =>
        attempt.Destination is GatewayDestination gateway
            ? await Inquiry.RunAsync(attempt, gateway, cancellationToken)
            : new DeliveryOutcome.StillHandedOver(null, null, []);

    async ValueTask<DeliveryOutcome> PostAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        if (Message is null)
            return new DeliveryOutcome.Held(ErrorCatalogue.DestinationUnreachable.Code, "this gateway posts no messages");
        try
        {
            return await Message.RunAsync(attempt, cancellationToken);
        }
        catch (StorageException e)
        {
            return Troubled(attempt, e);
        }
    }

    /// <summary>Carries it out by the first way that can be gone. A doubt that arises on one narrows those that are left.</summary>
    async ValueTask<DeliveryOutcome> CarryByWaysAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        HashSet<string> tried = new(StringComparer.Ordinal);
        DeliveryOutcome.Missed? missed = null;
        while (ways.Of(attempt).FirstOrDefault(way => !tried.Contains(way.Id)) is { } way)
        {
            tried.Add(way.Id);
            if (tried.Count > 1 && !ways.MayTurnTo(attempt, way)) continue;
            await attempt.TurnToAsync(way, cancellationToken);
            if (way is not FolderDestination) await remains.TurnToAsync(attempt, null, cancellationToken);
            // A part of a file that a destination has taken says that it takes files: nobody need wait for the end of a large one.
            attempt.Arriving = attempt.Probes.Contains(way.Id) ? () => watch.Answered(way) : null;
            DeliveryOutcome outcome;
            await using (putOffs.Watch(attempt)) outcome = await MeasureAsync(attempt, cancellationToken);
            if (outcome is DeliveryOutcome.BrokenOff)
            {
                // Another way may not be stopped: then it goes on there at once.
                if (putOffs.Find(attempt) is { } later) return new DeliveryOutcome.PutOff(later.Until, later.Code!, later.Text!);
                continue;
            }

            if (outcome is DeliveryOutcome.InDoubt doubt)
            {
                attempt.Doubts.Add(way.Id);
                if (doubt.Heard)
                {
                    watch.Answered(way);
                    return doubt;
                }

                outcome = new DeliveryOutcome.Missed(doubt.Code, doubt.Text, doubt.After);
            }

            Report(attempt, way, outcome);

            // Laid durably in the folder, beside the others of its set.
            if (outcome is DeliveryOutcome.HeldForSet && way is FolderDestination) watch.Answered(way);
            if (outcome is not DeliveryOutcome.Missed next) return outcome;

            // It goes on elsewhere: the right to try this one is free for others.
            if (attempt.Probes.Remove(way.Id)) services.Health.ProbeEnded(way.Id, services.Now);
            missed = next with { After = missed?.After > next.After ? missed.After : next.After ?? missed?.After };
        }

        // It was broken off, and another way has no room just now or its time has come again.
        if (missed is null)
            return new DeliveryOutcome.PutOff(services.Now + Breath, ErrorCatalogue.PlannedStop.Code, "broken off; it goes on at once");
        return attempt.Doubts.Count > 0
            ? new DeliveryOutcome.InDoubt(missed.Code, missed.Text, missed.After)
            : new DeliveryOutcome.Retry(missed.Code, missed.Text, missed.After);
    }

    /// <summary>Carries it out by its present way, and measures how fast that goes.</summary>
    async ValueTask<DeliveryOutcome> MeasureAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        // What is still coming in goes no faster than it comes, whatever the destination could take.
        if (attempt.Transfer is not { State: TransferState.Accepted, Size: { } size }) return await CarryAsync(attempt, cancellationToken);
        var flight = attempt.Flight = services.Flow.Begin(attempt.Destination.Id, size, services.Now);
        var arrived = false;
        try
        {
            var outcome = await CarryAsync(attempt, cancellationToken);
            arrived = outcome is DeliveryOutcome.Delivered or DeliveryOutcome.HandedOver { Earlier: false };
            return outcome;
        }
        finally
        {
            attempt.Flight = null;
            flight.End(arrived, services.Now);
        }
    }

    void Report(DeliveryAttempt attempt, Destination way, DeliveryOutcome outcome)
    {
        switch (outcome)
        {
            // A journal that cannot be used says nothing of a folder either.
            case DeliveryOutcome.Missed or DeliveryOutcome.Retry when attempt.JournalFailed:
                break;

            // Only a folder has storage that this gateway sees: beside it, it is the gateway's own, and says nothing of the destination.
            case DeliveryOutcome.Missed { Code: var code } when code == ErrorCatalogue.StorageTrouble.Code && way is not FolderDestination:
                break;
            case DeliveryOutcome.Missed missed:
                watch.Missed(way, missed.Text);
                break;
            case DeliveryOutcome.Retry { Code: var code, Text: var text } when code == ErrorCatalogue.StorageTrouble.Code:
                watch.Missed(way, text);
                break;

            // Everything else comes without the destination having been asked, or may.
            case DeliveryOutcome.HandedOver or DeliveryOutcome.Delivered or DeliveryOutcome.Rejected or DeliveryOutcome.Idle
                or DeliveryOutcome.Retry:
            case DeliveryOutcome.Failed { Code: var refused } when refused == ErrorCatalogue.DestinationRefused.Code:
            case DeliveryOutcome.Held { Code: var held } when held == ErrorCatalogue.FileExists.Code
                || held == ErrorCatalogue.DestinationRefused.Code:
                watch.Answered(way);
                break;
        }
    }

    async ValueTask<DeliveryOutcome> CarryAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return attempt.Destination switch
            {
                // What has begun to be published is finished where it began: held and released, it would be published twice.
                not FolderDestination when attempt.Record.State == DeliveryState.Publishing =>
                    new DeliveryOutcome.Retry(ErrorCatalogue.DestinationUnreachable.Code, NotConfigured(attempt.Destination).Text),
                _ when SetDelivery.Gathers(attempt) => await Sets.RunAsync(attempt, cancellationToken),
                FolderDestination folder => await Folder.RunAsync(attempt, folder, cancellationToken),
                GatewayDestination gateway => await Gateway.RunAsync(attempt, gateway, cancellationToken),
                ReceiverDestination receiver when Receiver is not null => await Receiver.RunAsync(attempt, receiver, cancellationToken),
                InboxDestination when attempt.Transfer.State == TransferState.Accepted => new DeliveryOutcome.Offered(),
                InboxDestination => new DeliveryOutcome.Ended(),
                _ => NotConfigured(attempt.Destination),
            };
        }
        catch (StorageException e)
        {
            return Troubled(attempt, e);
        }
    }

    DeliveryOutcome Troubled(DeliveryAttempt attempt, StorageException e)
    {
        attempt.JournalFailed |= e.IsJournal;
        events.AttemptCrashed(attempt.Record, e);
        var isElsewhere = attempt.Record is { State: DeliveryState.Publishing, Folder: { } begun }
            && attempt.Destination is FolderDestination folder && folder.Path != begun;
        var where = isElsewhere ? ", in the folder that was configured when its publication began" : "";
        var (code, text) = (ErrorCatalogue.StorageTrouble.Code, $"storage: {e.Failure}{where}");

        // What has begun to be published is finished there and nowhere else.
        return attempt.Record.State == DeliveryState.Publishing || attempt.Transfer.Manifest.IsMessage()
            ? new DeliveryOutcome.Retry(code, text)
            : new DeliveryOutcome.Missed(code, text);
    }

    /// <summary>The outcome where nothing is known (any more) that could be delivered to.</summary>
    internal static DeliveryOutcome.Held NotConfigured(Destination destination) => new(
        ErrorCatalogue.DestinationUnreachable.Code, $"destination {destination.Id} is not configured any more");

    // What has begun to be published is finished: the receiver may have seen it. What is in doubt is asked about first.
    DeliveryOutcome.Failed? Outdated(DeliveryAttempt attempt)
    {
        if (attempt.Transfer.Manifest.NotAfter is not { } notAfter || notAfter >= services.Now) return null;
        if (attempt.Record.State == DeliveryState.Publishing || attempt.Doubts.Count > 0) return null;
        var passed = ErrorCatalogue.NotAfterPassed;
        return new DeliveryOutcome.Failed(passed.Code, passed.Text([attempt.Destination.Id, $"{notAfter:O}"], japanese: false));
    }
}
