namespace LinkGateway.Core.Deadlines;

/// <summary>How fast files go to a destination, as seen of late: what a file costs, whatever its size, and what each byte costs.</summary>
/// <param name="SecondsPerFile">Seconds for each file.</param>
/// <param name="SecondsPerByte">Seconds for each byte.</param>
/// <param name="SecondsStalled">For how long nothing has moved though something waits.</param>
public readonly record struct FlowRate(double SecondsPerFile, double SecondsPerByte, double SecondsStalled)
{
    /// <summary>
    /// How long so much takes, with as many at once as there were. What stands still is taken to stand still for as long again.
    /// </summary>
    public double Seconds(long files, long bytes) => SecondsStalled + (files * SecondsPerFile) + (bytes * SecondsPerByte);
}
