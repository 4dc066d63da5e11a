namespace LinkGateway.FaultHarness.Judging;

/// <summary>What became of the files of a run.</summary>
/// <param name="Losses">Accepted, and never arrived.</param>
/// <param name="Duplicates">Arrived more than once.</param>
/// <param name="Changed">Arrived with other bytes.</param>
/// <param name="Unsettled">What was still not as it must be in the end: states, receipts, files lying about.</param>
sealed record Verdict(int Losses, int Duplicates, int Changed, IReadOnlyList<string> Unsettled)
{
    public bool Holds => Losses + Duplicates + Changed + Unsettled.Count == 0;
}
