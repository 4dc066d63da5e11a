using LinkGateway.Core.Files;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Intake;

/// <summary>Watches what the gateway takes in: tells of stores that hang, and ends what is over.</summary>
public sealed class IntakeWatch(CoreServices services, TransferService transfers)
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Counts what is used, by the journal. Call before anything is taken in.</summary>
    /// <exception cref="StorageException">The journal cannot be read.</exception>
    public ValueTask CountAsync(CancellationToken cancellationToken) =>
        services.Intake.LoadAsync(services.Journal, transfers.Intake.DayBegan(), cancellationToken);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            transfers.Intake.Look();
            await services.Scheduler.DelayAsync(BetweenLooks, cancellationToken);
        }
    }
}
