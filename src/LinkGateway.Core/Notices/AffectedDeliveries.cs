using LinkGateway.Contract.Notices;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Notices;

/// <summary>Counts what a notice is about.</summary>
sealed class AffectedDeliveries(IJournal journal)
{
    const int MostPartners = 50;

    /// <summary>States in which a delivery waits for its destination.</summary>
    public static readonly DeliveryState[] Waiting =
        [DeliveryState.Waiting, DeliveryState.Sending, DeliveryState.InDoubt, DeliveryState.Publishing];

    /// <summary>The subject of what deliveries to one destination have in common.</summary>
    public static string Subject(DeliveryGroup group) => $"{group.DestinationId}/{group.Code}";

    /// <summary>How much is affected; null where the kind is not about deliveries.</summary>
    public async ValueTask<NoticeFacts?> CountAsync(NoticeKind kind, IReadOnlyList<string> subjects, CancellationToken cancellationToken)
    {
        DeliveryState[]? states = kind switch
        {
            NoticeKind.DestinationDown => Waiting,
            NoticeKind.DeliveryFailed => [DeliveryState.Failed],
            NoticeKind.DeliveryHeld => [DeliveryState.Held],
            NoticeKind.DeliveryInDoubt => [DeliveryState.InDoubt],
            _ => null,
        };
        if (states is null) return null;
        var groups = (await journal.DeliveryGroupsAsync(states, cancellationToken))
            .Where(group => subjects.Contains(
                kind is NoticeKind.DeliveryFailed or NoticeKind.DeliveryHeld ? Subject(group) : group.DestinationId))
            .ToList();
        return new NoticeFacts
        {
            Deliveries = groups.Sum(group => group.Deliveries),
            Bytes = groups.Sum(group => group.Bytes),
            Partners =
                [.. groups.SelectMany(group => group.Partners).Distinct().Order(StringComparer.Ordinal).Take(MostPartners)],
            Oldest = groups.Count == 0 ? null : groups.Min(group => group.Oldest),
        };
    }
}
