using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Notices;

/// <summary>
/// Sees what nobody else sees as it happens: destinations that stay away, deliveries that stay failed, held or in doubt, a journal that
/// cannot be read. Raises it on the board, and clears what it raised.
/// </summary>
sealed class NoticeWatch(CoreServices services)
{
    const string Reading = "journal, reading";

    static readonly DeliveryState[] Stuck = [DeliveryState.Failed, DeliveryState.Held, DeliveryState.InDoubt];
    static readonly NoticeKind[] Own =
        [NoticeKind.DestinationDown, NoticeKind.DeliveryFailed, NoticeKind.DeliveryHeld, NoticeKind.DeliveryInDoubt];

    // These pass by themselves, or somebody has ordered them; what holds an order up is a notice of its own.
    static readonly string[] HeldForGoodReason =
        [ErrorCatalogue.SetIncomplete.Code, ErrorCatalogue.HeldByOperator.Code, ErrorCatalogue.OrderWaits.Code];

    // A destination that was not asked for so long is not known to be down any more, if nothing waits for it.
    static readonly TimeSpan Unasked = TimeSpan.FromHours(1);

    readonly Dictionary<string, DateTimeOffset> _doubtSince = new(StringComparer.Ordinal);
    HashSet<(NoticeKind Kind, string Subject)> _raised = [];

    /// <summary>
    /// Takes over what was open before a restart: what is still so is raised again, what is not is cleared by the first look.
    /// </summary>
    public void Adopt(NoticeRecord notice)
    {
        if (!Own.Contains(notice.Kind)) return;
        foreach (var subject in notice.Subjects)
        {
            // What a relay found out about a receiver of calls, it finds out again.
            if (notice.Kind == NoticeKind.DestinationDown && Find(subject) is ServiceDestination) continue;
            _raised.Add((notice.Kind, subject));
            if (notice.Kind == NoticeKind.DestinationDown) services.Health.Suspect(subject, notice.OpenedAt);
            if (notice.Kind == NoticeKind.DeliveryInDoubt) _doubtSince[subject] = notice.OpenedAt;
        }
    }

    /// <summary>Looks once.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var settings = services.Configuration.Current.Configuration.Notices;
        HashSet<(NoticeKind, string)> raised = [];
        try
        {
            var down = await DownAsync(settings, cancellationToken);
            foreach (var (id, text) in down) Raise(NoticeKind.DestinationDown, id, text);
            var groups = await services.Journal.DeliveryGroupsAsync(Stuck, cancellationToken);
            foreach (var group in groups.Where(group => group.State == DeliveryState.Failed))
                Raise(NoticeKind.DeliveryFailed, AffectedDeliveries.Subject(group), group.Text);
            foreach (var group in groups.Where(group => IsHeldTooLong(group, settings)))
                Raise(NoticeKind.DeliveryHeld, AffectedDeliveries.Subject(group), group.Text);
            foreach (var id in Doubtful(groups, settings).Where(id => !down.ContainsKey(id)))
                Raise(NoticeKind.DeliveryInDoubt, id, $"{id} does not say whether it has what was sent to it");
            services.Notices.Clear(NoticeKind.StoreFailing, Reading);
        }
        catch (StorageException e)
        {
            services.Notices.Raise(NoticeKind.StoreFailing, Reading, $"the journal cannot be read: {e.Failure}");
            return;
        }

        foreach (var (kind, subject) in _raised.Except(raised)) services.Notices.Clear(kind, subject);
        _raised = raised;

        void Raise(NoticeKind kind, string subject, string text)
        {
            raised.Add((kind, subject));
            services.Notices.Raise(kind, subject, text);
        }
    }

    async ValueTask<Dictionary<string, string>> DownAsync(NoticeSettings settings, CancellationToken cancellationToken)
    {
        var now = services.Now;
        var down = services.Health.DownSince(now - settings.DownAfter).Where(one => Find(one.DestinationId) is not null).ToList();
        if (down.Any(one => now - one.Asked > Unasked))
        {
            var groups = await services.Journal.DeliveryGroupsAsync(AffectedDeliveries.Waiting, cancellationToken);
            var waits = groups.Select(group => group.DestinationId).ToHashSet();
            down.RemoveAll(one => now - one.Asked > Unasked && !waits.Contains(one.DestinationId));
        }

        return down.ToDictionary(
            one => one.DestinationId,
            one => one.Reason.Length == 0
                ? $"{one.DestinationId} has not answered since {Local(one.Since)}"
                : $"{one.DestinationId} has not answered since {Local(one.Since)}: {one.Reason}");
    }

    string Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, services.Configuration.Current.TimeZone)
        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    bool IsHeldTooLong(DeliveryGroup group, NoticeSettings settings) =>
        group is { State: DeliveryState.Held, AtRest: true } && !HeldForGoodReason.Contains(group.Code)
            && group.ChangedFirst <= services.Now - settings.HeldAfter;

    /// <summary>Destinations with deliveries that are old enough and were in doubt at every look for long enough.</summary>
    List<string> Doubtful(IReadOnlyList<DeliveryGroup> groups, NoticeSettings settings)
    {
        var before = services.Now - settings.InDoubtAfter;
        var doubtful = groups.Where(group => group.State == DeliveryState.InDoubt && group.Oldest <= before)
            .Select(group => group.DestinationId).ToHashSet();
        foreach (var over in _doubtSince.Keys.Where(id => !doubtful.Contains(id)).ToList()) _doubtSince.Remove(over);
        foreach (var id in doubtful) _doubtSince.TryAdd(id, services.Now);
        return [.. doubtful.Where(id => _doubtSince[id] <= before)];
    }

    Destination? Find(string id) =>
        services.Configuration.Current.Configuration.Destinations.FirstOrDefault(destination => destination.Id == id);
}
