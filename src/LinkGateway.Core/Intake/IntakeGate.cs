using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Intake;

/// <summary>
/// Decides, before a byte of the attachment is read, whether the gateway has room for more work, and whether the participant may have more
/// of it. A crowd is refused early, each with a time after which to come again, so that what runs goes on. Thread-safe.
/// </summary>
public sealed class IntakeGate(CoreServices services)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    readonly OverloadNotices _notices = new(services.Notices);
    readonly RequestRates _rates = new();

    // As of the last look.
    volatile string? _hangs;

    /// <summary>Why a request of the participant is refused, whatever it wants; null where it is let in.</summary>
    public Refusal? RefuseRequest(string caller)
    {
        if (services.Configuration.Current.Directory.Find(caller)?.Quotas.RequestsPerSecond is not { } rate) return null;
        return _rates.Take(caller, rate, services.Now) is { } wait
            ? OverQuota(caller, "requestsPerSecond", rate, wait < Soon ? TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)) : Soon)
            : null;
    }

    /// <summary>Why nothing is taken from the participant, nor given to it; null where it is.</summary>
    public Refusal? RefuseSuspended(string participant) =>
        services.Standing.IsSuspended(participant) ? new Refusal(ErrorCatalogue.ParticipantSuspended, participant) : null;

    /// <summary>Why no further attachment can be taken in at present; null where one can.</summary>
    internal Refusal? RefuseAttachment(LimitSettings limits)
    {
        if (_hangs is { } store)
            return new Refusal(ErrorCatalogue.StoreHangs, store, "limits.storeSlow", $"{limits.StoreSlow:c}") { RetryAfter = Later };
        if (limits.MemoryBytes is not { } most || services.Memory is not { } memory) return null;
        return memory.BytesInUse() >= most ? Overloaded("limits.memoryBytes", most, Soon) : null;
    }

    /// <summary>
    /// Enters a new transfer, or says why it is refused. One that is unfinished already, and goes on, is not judged again.
    /// </summary>
    /// <param name="admission">The transfer, admitted.</param>
    /// <param name="bound">An upper bound of the size where the manifest states none.</param>
    internal Refusal? Enter(Admission admission, long? bound)
    {
        var declared = admission.Size ?? bound ?? 0;
        var upload = new OpenUpload(admission.Identity, admission.SubmittedBy, declared, Held: 0);
        services.Intake.TurnTo(DayBegan());
        return services.Intake.Enter(upload, totals => Judge(admission, declared, totals));
    }

    /// <summary>An attachment that came too many.</summary>
    internal Refusal TooMany(string option, long limit) => Overloaded(option, limit, Soon);

    /// <summary>When the day of quotas began.</summary>
    internal DateTimeOffset DayBegan()
    {
        var now = services.Now;
        var began = now.Date + services.Configuration.Current.Configuration.Limits.QuotaDayStartsAt;
        return new DateTimeOffset(began > now.DateTime ? began.AddDays(-1) : began, now.Offset);
    }

    /// <summary>Looks at the stores, and ends what is over.</summary>
    internal void Look()
    {
        var limits = services.Configuration.Current.Configuration.Limits;
        var now = services.Now;
        var slow = services.Stores?.SlowerThan(limits.StoreSlow);
        _hangs = slow?.Keys.FirstOrDefault();
        foreach (var store in slow?.Keys ?? [])
        {
            _notices.Raise(
                NoticeKind.StoreSlow, store,
                $"the {store} has been at one write or flush for longer than limits.storeSlow = {limits.StoreSlow:c}", now);
        }

        _notices.Calmed(now);
    }

    Refusal? Judge(Admission admission, long declared, IntakeLedger.Totals totals)
    {
        var limits = admission.Limits;
        if (totals.Open >= limits.OpenTransfers) return Overloaded("limits.openTransfers", limits.OpenTransfers.Value, Later);
        if (limits.BytesInFlight is { } inFlight && totals.InFlight + declared > inFlight)
            return TooLarge(declared, "limits.bytesInFlight", inFlight) ?? Overloaded("limits.bytesInFlight", inFlight, Later);
        if (RefuseForSpace(admission, declared) is { } full) return full;
        foreach (var participant in IntakeLedger.Charged(admission.Identity.Origin, admission.SubmittedBy))
        {
            if (JudgeQuotas(participant, declared, totals.Of(participant)) is { } used) return used;
        }

        return null;
    }

    Refusal? JudgeQuotas(string participant, long declared, ParticipantUse use)
    {
        if (services.Configuration.Current.Directory.Find(participant)?.Quotas is not { } quotas) return null;
        if (use.Open >= quotas.ConcurrentTransfers)
            return OverQuota(participant, "concurrentTransfers", quotas.ConcurrentTransfers.Value, Later);
        if (Exceeds("bytesInFlight", quotas.BytesInFlight, use.InFlight, Later) is { } flying) return flying;
        if (Exceeds("spoolBytes", quotas.SpoolBytes, use.Spool, TimeSpan.FromMinutes(10)) is { } kept) return kept;
        return Exceeds("bytesPerDay", quotas.BytesPerDay, use.Today, DayBegan().AddDays(1) - services.Now);

        Refusal? Exceeds(string name, long? quota, long used, TimeSpan retryAfter)
        {
            if (quota is not { } most || used + declared <= most) return null;
            return TooLarge(declared, $"participants[].quotas.{name} of {participant}", most)
                ?? OverQuota(participant, name, most, retryAfter);
        }
    }

    // What is reserved for unfinished transfers is not free any more: the store sets it aside when they are opened.
    Refusal? RefuseForSpace(Admission admission, long declared)
    {
        if (services.Disk is not { } disk) return null;
        var limits = admission.Limits;
        var classes = services.Configuration.Current.Priorities.In(services.Standing.Mode);
        var isSmall = declared > 0 && declared <= limits.InlinePayloadBytes;
        var passes = isSmall || admission.Routes.Any(route => classes.Of(route.Class).Urgent);
        var (option, reserve) = passes
            ? ("limits.diskReserveSmall", limits.DiskReserveSmall)
            : ("limits.diskReserve", limits.DiskReserve);
        long free;
        try
        {
            free = disk.FreeBytes();
        }
        catch (StorageException)
        {
            // Whether there is room is then told by the store itself.
            return null;
        }

        if (free - declared >= reserve) return null;
        var refusal = new Refusal(ErrorCatalogue.NoRoom, Number(declared), option, Number(reserve)) { RetryAfter = Later };
        _notices.Raise(NoticeKind.SpaceShort, option, $"{refusal}", services.Now);
        return refusal;
    }

    // It would be refused for ever: to name a time would be a lie.
    static Refusal? TooLarge(long declared, string option, long most) =>
        declared > most ? new Refusal(ErrorCatalogue.LimitExceeded, $"size {Number(declared)}", option, Number(most)) : null;

    Refusal OverQuota(string participant, string name, long quota, TimeSpan retryAfter)
    {
        var option = $"participants[].quotas.{name}";
        var refusal = new Refusal(ErrorCatalogue.OverQuota, participant, option, Number(quota)) { RetryAfter = retryAfter };
        _notices.Raise(NoticeKind.ParticipantOverQuota, participant, $"{refusal}", services.Now);
        return refusal;
    }

    Refusal Overloaded(string option, long limit, TimeSpan retryAfter)
    {
        var refusal = new Refusal(ErrorCatalogue.Overloaded, $"{option} = {Number(limit)}") { RetryAfter = retryAfter };
        _notices.Raise(NoticeKind.Overload, option, $"{refusal}", services.Now);
        return refusal;
    }

    static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
