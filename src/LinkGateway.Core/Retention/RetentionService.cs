using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Removes by itself what need not be kept: payloads, what lies in the spool without a transfer, old rows of the journal. Watches the room
/// on the disks.
/// </summary>
/// <remarks>
/// One small step after another, each a commit of its own that shares its flush with what else is written: nobody waits for it.
/// </remarks>
/// <param name="services">The ports.</param>
/// <param name="transfers">The transfers.</param>
/// <param name="disk">The room.</param>
/// <param name="events">Told of what happens.</param>
/// <param name="records">Where it records what it removes; null: nowhere, and old rows of the journal go without being archived.</param>
public sealed class RetentionService(
    CoreServices services, TransferService transfers, IDiskSpace disk, IRetentionEvents events, RetentionRecords? records = null)
{
    const int BatchSize = 50;
    const string Disks = "spool and journal";

    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan BetweenChecks = TimeSpan.FromHours(6);
    static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(1);

    readonly PayloadPurge _payloads = new(services, transfers.Registry, events, isStated: records is not null);
    readonly JournalPurge _journal = new(
        services, records is null ? null : new JournalArchive(services, records, BookOf(services, records)));
    readonly PurgeStatements? _statements = records is null ? null : new(services, BookOf(services, records));
    readonly SpoolCheck _spool = new(services, isStated: records is not null);
    readonly ClockGuard _clock = new(services);
    readonly SpaceForecast _forecast = new(services, disk);
    ConfigurationSnapshot? _planned;
    string? _frozen;
    TransferIdentity? _plannedTo;
    bool _isShort;
    DateTimeOffset _nextCheck;
    DateTimeOffset _nextForgetting;

    /// <summary>
    /// Removes what a crash left in the spool without a transfer. Call before anything is taken in.
    /// </summary>
    /// <returns>How many payloads were removed.</returns>
    public async ValueTask<int> ClearSpoolAsync(CancellationToken cancellationToken)
    {
        var isTrusted = await _clock.IsTrustedAsync(cancellationToken);
        _nextCheck = services.Now + BetweenChecks;
        return await _spool.RunAsync(isTrusted, cancellationToken);
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pause = LongestSleep;
            try
            {
                WatchSpace();
                pause = await StepAsync(cancellationToken);
            }
            catch (StorageException e)
            {
                events.Troubled(e);
            }

            await services.Scheduler.DelayAsync(pause, cancellationToken);
        }
    }

    /// <summary>Does a little of everything that is due.</summary>
    /// <returns>How long to wait for the next step.</returns>
    internal async ValueTask<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        if (await _forecast.SampleAsync(_payloads.RemovedBytes, cancellationToken)) _payloads.ForgetRemovedBytes();
        var isBusy = _statements is not null && await _statements.SweepAsync(cancellationToken);

        // With a clock that may be wrong nothing is looked at whose time may be over.
        if (!await _clock.IsTrustedAsync(cancellationToken)) return LongestSleep;
        isBusy |= await PlanAsync(cancellationToken);
        isBusy |= await _payloads.SweepAsync(BatchSize, cancellationToken) == BatchSize;
        if (services.Now >= _nextForgetting) isBusy |= await ForgetAsync(cancellationToken);
        if (services.Now >= _nextCheck)
        {
            _nextCheck = services.Now + BetweenChecks;
            if (await _spool.RunAsync(isPatient: true, cancellationToken) is > 0 and var removed) events.StraysRemoved(removed);
        }

        return isBusy ? Breath : await SleepAsync(cancellationToken);
    }

    /// <summary>
    /// After a start, and after a change of the configuration or of what is frozen, looks at everything that is kept: it may be kept for
    /// another time now.
    /// </summary>
    /// <returns>Whether there is more to look at.</returns>
    async ValueTask<bool> PlanAsync(CancellationToken cancellationToken)
    {
        var current = services.Configuration.Current;
        var frozen = string.Join('\n', services.Standing.Under(StandingSubjects.Freezing));
        if (_planned != current || _frozen != frozen)
            (_planned, _frozen, _plannedTo) = (current, frozen, new TransferIdentity("", "", "", 0));
        if (_plannedTo is null) return false;
        var page = await services.Journal.KeptPayloadsAsync(_plannedTo, BatchSize, cancellationToken);
        foreach (var transfer in page)
        {
            await _payloads.LookAsync(transfer.Identity, cancellationToken);
            _plannedTo = transfer.Identity;
        }

        if (page.Count == BatchSize) return true;
        _plannedTo = null;
        return false;
    }

    async ValueTask<bool> ForgetAsync(CancellationToken cancellationToken)
    {
        var (forgotten, isMore) = await _journal.SweepAsync(cancellationToken);
        if (forgotten > 0) events.Forgotten(forgotten);
        if (isMore) return true;
        _nextForgetting = services.Now + BetweenForgetting;
        return false;
    }

    async ValueTask<TimeSpan> SleepAsync(CancellationToken cancellationToken)
    {
        if (await services.Journal.NextPayloadDueAsync(cancellationToken) is not { } due) return LongestSleep;
        var sleep = due - services.Now;
        return sleep < Breath ? Breath : sleep > LongestSleep ? LongestSleep : sleep;
    }

    static StatementBook BookOf(CoreServices services, RetentionRecords records) => new(services, records.Files, records.Statements);

    void WatchSpace()
    {
        var (free, reserve) = (disk.FreeBytes(), services.Configuration.Current.Configuration.Retention.FreeSpaceReserve);
        if (free < reserve) services.Notices.Raise(NoticeKind.SpaceShort, Disks, $"less than {reserve} bytes are free, the reserve");
        else services.Notices.Clear(NoticeKind.SpaceShort, Disks);
        if (free < reserve == _isShort) return;
        _isShort = !_isShort;
        if (_isShort) events.SpaceShort(free, reserve);
        else events.SpaceEnough(free, reserve);
    }
}
