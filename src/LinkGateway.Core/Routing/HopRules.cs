using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Routing;

/// <summary>What the list of gateways that something came through must be.</summary>
public static class HopRules
{
    // A way longer than this is a mistake in somebody's routes, even where no gateway repeats.
    const int MaxHops = 16;

    /// <summary>Null where it may go on; else the refusal: too long a way, or one that leads in a circle.</summary>
    /// <param name="hops">The gateways in order.</param>
    /// <param name="self">Id of this gateway.</param>
    public static Refusal? Check(IReadOnlyList<string> hops, string self)
    {
        ArgumentNullException.ThrowIfNull(hops);
        if (hops.Count > MaxHops) return new Refusal(ErrorCatalogue.LimitExceeded, $"{hops.Count} hops", "maxHops", $"{MaxHops}");
        return hops.Contains(self, StringComparer.Ordinal)
            ? new Refusal(ErrorCatalogue.RoutingLoop, self, string.Join(" → ", hops))
            : null;
    }
}
