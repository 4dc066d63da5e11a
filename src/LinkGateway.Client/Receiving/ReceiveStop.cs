using LinkGateway.Client.Batch;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Client.Receiving;

/// <summary>Why the receiving of a file cannot go on for this time.</summary>
/// <param name="End">How it ends.</param>
/// <param name="Code">The gateway's code, else the end's own name.</param>
/// <param name="Reason">What happened.</param>
sealed record ReceiveStop(ReceiveEnd End, string Code, string Reason)
{
    public ReceiveStop(ReceiveEnd end, string reason)
        : this(end, char.ToLowerInvariant(end.ToString()[0]) + end.ToString()[1..], reason)
    {
    }

    /// <summary>Whether what was fetched is of no use any more, and no longer ours.</summary>
    public bool IsForGood => End is ReceiveEnd.LeaseLost or ReceiveEnd.Withdrawn;

    /// <summary>What a call that had no result, repetitions included, means.</summary>
    public static ReceiveStop From<T>(BatchAnswer<T> answer)
        where T : class
    {
        if (answer.Refusal is not { } refusal) return new ReceiveStop(ReceiveEnd.Unavailable, answer.Reason);
        var end = refusal switch
        {
            _ when refusal.Is(ErrorCatalogue.DeliveryLeased) => ReceiveEnd.Busy,
            _ when refusal.Is(ErrorCatalogue.LeaseLost) => ReceiveEnd.LeaseLost,
            _ when refusal.Is(ErrorCatalogue.DeliveryUnknown) || refusal.Is(ErrorCatalogue.WrongDeliveryState) => ReceiveEnd.Withdrawn,
            _ when answer.Temporary => ReceiveEnd.Unavailable,
            _ => ReceiveEnd.Refused,
        };
        return new ReceiveStop(end, refusal.Code.Length > 0 ? refusal.Code : nameof(ReceiveEnd.Refused), answer.Reason);
    }
}
