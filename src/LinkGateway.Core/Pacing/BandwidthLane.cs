namespace LinkGateway.Core.Pacing;

/// <summary>What one delivery has had of a bucket, however many pieces of it are on their way. Guarded by the bucket.</summary>
/// <param name="id">The delivery.</param>
/// <param name="weight">Its weight now.</param>
sealed class BandwidthLane(string id, Func<double> weight)
{
    double _finish;

    /// <summary>The delivery.</summary>
    public string Id => id;

    /// <summary>How many read through it.</summary>
    public int Users { get; set; }

    /// <summary>Enters a piece.</summary>
    /// <param name="now">The bucket's virtual time: who paused has saved nothing up, and who is new has missed nothing.</param>
    /// <param name="bytes">Its length.</param>
    /// <returns>The virtual time at which it begins; who has the smallest goes first.</returns>
    public double Enter(double now, int bytes)
    {
        var start = Math.Max(now, _finish);
        _finish = start + (bytes / weight());
        return start;
    }
}
