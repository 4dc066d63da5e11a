using System.Collections.Concurrent;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Sets;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Removes what deliveries that have ended left in folders, while nothing else has need of a worker.</summary>
/// <remarks>Used by one engine, by one caller at a time; what it begins runs beside the attempts.</remarks>
sealed class FolderClearing(
    CoreServices services, DeliverySlots slots, FolderRemains remains, SetDelivery sets, IDeliveryEvents events)
{
    static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    // What could not be removed, such as from a share that is not mounted, and when it is tried again; and how far was looked.
    readonly ConcurrentDictionary<string, DateTimeOffset> _leftBehind = new(StringComparer.Ordinal);
    string? _clearedTo;

    /// <summary>Begins to remove what deliveries that have ended left in folders.</summary>
    /// <returns>Of how many.</returns>
    public async ValueTask<int> BeginAsync(int most, CancellationToken cancellationToken)
    {
        var begun = 0;
        var page = await services.Journal.LeftInFoldersAsync(_clearedTo, most, cancellationToken);

        // A page a turn: however many cannot be removed, a turn costs the same.
        _clearedTo = page.Count < most ? null : page[^1].DeliveryId;
        foreach (var over in page)
        {
            // While an attempt still ends, it may write what would be removed here; and no attempt begins while this runs.
            if (slots.IsTaken(over.DeliveryId)) continue;
            if (_leftBehind.TryGetValue(over.DeliveryId, out var notBefore) && notBefore > services.Now) continue;
            var ended = slots.Take(over.DeliveryId, cancellationToken);
            services.Running.Enter(over.DeliveryId, new RunningDelivery("", Urgent: false, Route: null, DestinationId: ""));
            _ = services.Scheduler.Run(() => ClearAsync(over, over.Folder!, ended, cancellationToken));
            begun++;
        }

        return begun;
    }

    async Task ClearAsync(DeliveryRecord over, string folder, CancellationTokenSource ended, CancellationToken stopping)
    {
        try
        {
            await remains.RemoveAsync(folder, over.DeliveryId, ended.Token);
            await sets.ClearAsync(over, folder, ended.Token);
            var batch = new JournalBatch();
            batch.Deliveries.Add(over with { Folder = null, Version = over.Version + 1 });
            await services.Journal.CommitAsync(batch, stopping);
            _leftBehind.TryRemove(over.DeliveryId, out _);
        }
        catch (JournalConflictException)
        {
            // Somebody has decided about it, such as an operator who released it: its next attempt knows the folder.
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The same, or the gateway stops.
        }
        catch (Exception e)
        {
            _leftBehind[over.DeliveryId] = services.Now + Again;
            events.AttemptCrashed(over, e);
        }
        finally
        {
            services.Running.Leave(over.DeliveryId);
            slots.Free(over.DeliveryId);
        }
    }
}
