namespace LinkGateway.Core.Dispatch;

/// <summary>
/// Shares something among those who want it, by weight: start-time fair queueing. Each has a virtual time up to which it has been served;
/// whoever is furthest behind goes next, and who comes anew begins where the others stand, so that nobody saves up and nobody starves.
/// </summary>
sealed class FairShares
{
    readonly Dictionary<string, double> _servedUntil = new(StringComparer.Ordinal);
    double _now;

    /// <summary>Who has the smallest goes next.</summary>
    public double StartOf(string who) => Math.Max(_now, _servedUntil.GetValueOrDefault(who));

    /// <summary>Enters that somebody is served.</summary>
    /// <param name="who">Who.</param>
    /// <param name="cost">What it costs, in any unit that is the same for all.</param>
    /// <param name="weight">Its share, over 0.</param>
    public void Serve(string who, double cost, double weight)
    {
        _now = StartOf(who);
        _servedUntil[who] = _now + (cost / weight);
    }

    /// <summary>Forgets those that have nothing to make good for, so that the memory does not grow with everybody who ever came.</summary>
    public void Prune()
    {
        foreach (var (who, until) in _servedUntil)
            if (until <= _now) _servedUntil.Remove(who);
    }
}
