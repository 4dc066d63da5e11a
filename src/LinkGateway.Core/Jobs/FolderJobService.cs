using System.Collections.Concurrent;
using LinkGateway.Contract.Jobs;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Jobs;

/// <summary>
/// Runs the jobs of folder destinations, those of one destination one after the other. A delivery that has ended and still has a next time
/// waits for its job.
/// </summary>
/// <remarks>
/// The run is counted in the journal before it starts; its result, as applied receipt, is entered with the state in one commit, and only
/// what is entered is reported. So a job runs at least once, and its first result that was entered stands.
/// </remarks>
/// <param name="services">The ports.</param>
/// <param name="transfers">The transfers that were delivered.</param>
/// <param name="runner">Runs programs.</param>
/// <param name="events">Told of what happens.</param>
public sealed class FolderJobService(CoreServices services, TransferService transfers, IJobRunner runner, IJobEvents events)
{
    const int DueAtOnce = 1_000;

    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1);
    static readonly TimeSpan LastDelay = TimeSpan.FromHours(1);

    // Destinations whose job runs.
    readonly ConcurrentDictionary<string, byte> _busy = new(StringComparer.Ordinal);

    /// <summary>Runs until cancelled; then the jobs that run are killed, and run again after the next start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true) await TurnAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }

        while (true)
        {
            var changed = services.JobsChanged.Next;
            if (_busy.IsEmpty) return;
            await changed;
        }
    }

    /// <summary>When the job of a delivery that ends now is due; null where it has none.</summary>
    internal static DateTimeOffset? DueAt(Destination destination, DeliveryState state, DateTimeOffset now) =>
        CommandFor(destination, state) is null ? null : now;

    async Task TurnAsync(CancellationToken cancellationToken)
    {
        var changed = services.JobsChanged.Next;
        try
        {
            foreach (var due in await services.Journal.DueJobsAsync(services.Now, DueAtOnce, cancellationToken))
            {
                if (_busy.TryAdd(due.DestinationId, 0)) _ = services.Scheduler.Run(() => RunOneAsync(due, cancellationToken));
            }
        }
        catch (StorageException e)
        {
            events.JobsTroubled(e);
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, services.Scheduler.DelayAsync(LongestSleep, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    async Task RunOneAsync(DeliveryRecord due, CancellationToken cancellationToken)
    {
        try
        {
            await RunJobAsync(due, cancellationToken);
        }
        catch (JournalConflictException)
        {
            // Somebody else has decided about the delivery, such as a receiver that confirmed it itself.
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It runs again after the next start.
        }
        catch (Exception e)
        {
            // Whatever it is, one job must not stop the others.
            events.JobsTroubled(e);
        }
        finally
        {
            _busy.TryRemove(due.DestinationId, out _);
            services.JobsChanged.Pulse();
        }
    }

    async ValueTask RunJobAsync(DeliveryRecord due, CancellationToken cancellationToken)
    {
        var destination = services.Configuration.Current.Configuration.Destinations.FirstOrDefault(one => one.Id == due.DestinationId);
        var transfer = await services.Journal.FindTransferAsync(due.Transfer, cancellationToken);
        if (transfer is null || destination is not FolderDestination folder || CommandFor(folder, due.State) is not { } command)
        {
            // The configuration names no job any more.
            await WriteAsync(due with { NextAttemptAt = null }, cancellationToken);
            return;
        }

        var held = await services.Journal.ReceiptsAsync(transfer.Identity, cancellationToken);
        ReceiptRecord[] receipts = [.. held.Where(receipt => receipt.DeliveryId == due.DeliveryId)];
        var row = await WriteAsync(due with { Attempts = due.Attempts + 1 }, cancellationToken);
        var order = new JobOrder(row.DeliveryId, command, Facts(row, transfer, folder, receipts), folder.Jobs!.TimeLimit);
        var end = await runner.RunAsync(order, cancellationToken);
        row = row.State == DeliveryState.Delivered
            ? await EnterAsync(row, transfer, folder, receipts, end, cancellationToken)
            : await WriteAsync(row with { NextAttemptAt = end is null ? Later(row) : null }, cancellationToken);
        events.JobEnded(row, end?.ExitCode);
    }

    async ValueTask<DeliveryRecord> EnterAsync(
        DeliveryRecord row, TransferRecord transfer, FolderDestination folder, ReceiptRecord[] receipts, JobEnd? end,
        CancellationToken cancellationToken)
    {
        if (end is null or { ExitCode: JobEnd.TryLater })
            return await WriteAsync(row with { NextAttemptAt = Later(row) }, cancellationToken);
        var (state, result) = end.ExitCode == 0
            ? (DeliveryState.Applied, AppliedResult.Applied)
            : (DeliveryState.ReceiverRejected, AppliedResult.Rejected);
        var said = new ConfirmReceiptRequest
        {
            DeliveryId = row.DeliveryId,
            Stage = end.ExitCode == 0 ? ConfirmStages.Applied : ConfirmStages.Rejected,
            CountAccepted = end.Accepted,
            CountRejected = end.Rejected,
            FirstErrors = end.Errors,
        };
        var after = row with
        {
            State = state,
            ReceiverReference = end.Reference ?? row.ReceiverReference,
            NextAttemptAt = DueAt(folder, state, services.Now),
            UpdatedAt = services.Now,
            Version = row.Version + 1,
        };
        var last = receipts.Length > 0 ? receipts[^1].Document : transfer.EntryReceipt;
        var batch = new JournalBatch();
        batch.Receipts.Add(transfers.Receipts.Applied(transfer, after, last, result, said, services.Now));
        batch.Move(row.State, after, $"its job ended with {end.ExitCode}");
        await services.Journal.CommitAsync(batch, cancellationToken);
        services.ReceiptsChanged.Pulse();
        return after;
    }

    async ValueTask<DeliveryRecord> WriteAsync(DeliveryRecord row, CancellationToken cancellationToken)
    {
        var after = row with { UpdatedAt = services.Now, Version = row.Version + 1 };
        var batch = new JournalBatch();
        batch.Deliveries.Add(after);
        await services.Journal.CommitAsync(batch, cancellationToken);
        return after;
    }

    DateTimeOffset Later(DeliveryRecord row)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Clamp(row.Attempts, 0, 10));
        return services.Now + (delay < LastDelay ? delay : LastDelay);
    }

    static Dictionary<string, string> Facts(
        DeliveryRecord row, TransferRecord transfer, FolderDestination folder, ReceiptRecord[] receipts)
    {
        var facts = JobFacts.Of(
            row.DeliveryId, row.Receiver, row.Replay, transfer.Manifest, transfer.Size ?? 0, transfer.Sha256 ?? default);
        // The attempts of the row go on counting where those of the delivery ended, as its receipt says.
        var delivered = receipts.FirstOrDefault(receipt => receipt.Content.Kind == ReceiptKind.Delivered);
        if (row.State == DeliveryState.Delivered)
            facts[JobFacts.Attempt] = JobFacts.Number(Math.Max(1, row.Attempts - (delivered?.Content.Attempt ?? 0)))!;
        if (delivered is not null && row.PublishedName is { } name) facts[JobFacts.File] = Path.Combine(row.Folder ?? folder.Path, name);
        if (row.State == DeliveryState.Delivered) return facts;
        facts[JobFacts.ErrorCode] = row.LastErrorCode ?? "rejected";
        facts[JobFacts.ErrorText] = row.LastErrorText ?? "";
        return facts;
    }

    static IReadOnlyList<string>? CommandFor(Destination destination, DeliveryState state)
    {
        var jobs = (destination as FolderDestination)?.Jobs;
        var command = state switch
        {
            DeliveryState.Delivered => jobs?.OnDelivered,
            DeliveryState.Failed or DeliveryState.ReceiverRejected => jobs?.OnError,
            _ => null,
        };
        return command is { Count: > 0 } ? command : null;
    }
}
