using LinkGateway.Contract.States;
using LinkGateway.Core.Files;

namespace LinkGateway.Core.Transfers;

/// <summary>What the gateway does by itself for transfers: lets unfinished uploads expire.</summary>
public sealed class TransferMaintenance(CoreServices services, TransferService transfers)
{
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    const int SweepBatch = 100;

    /// <summary>Expires unfinished uploads, minute by minute, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ExpireAsync(cancellationToken);
            }
            catch (StorageException)
            {
                // What could not be expired now is found by the next sweep; whoever uploads is told of the trouble.
            }

            await services.Scheduler.DelayAsync(SweepInterval, cancellationToken);
        }
    }

    /// <summary>Expires the uploads whose time has run out.</summary>
    /// <returns>How many expired.</returns>
    public async ValueTask<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var expired = 0;
        foreach (var candidate in await services.Journal.ExpiredUploadsAsync(services.Now, SweepBatch, cancellationToken))
        {
            using var scope = await transfers.Registry.EnterAsync(candidate.Identity, cancellationToken);
            var live = scope.Transfer;
            if (!live.IsUnfinished || live.Record!.ExpiresAt > services.Now) continue;
            await transfers.Acceptance.EndAsync(
                live, TransferState.Expired, "", $"no activity until {live.Record.ExpiresAt:yyyy-MM-dd'T'HH:mm:sszzz}", cancellationToken);
            expired++;
        }

        return expired;
    }
}
