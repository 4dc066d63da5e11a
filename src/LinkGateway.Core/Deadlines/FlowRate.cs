namespace LinkGateway.Core.Deadlines;

/// <summary>How fast files go to a destination, as seen of late: what a file costs, whatever its size, and what each byte costs.</summary>
/// <param name="SecondsPerFile">Seconds for each file.</param>
/// <param name="SecondsPerByte">Seconds for each byte.</param>
public readonly record struct FlowRate(double SecondsPerFile, double SecondsPerByte)
{
    /// <summary>How long so much takes, with as many at once as there were.</summary>
    public double Seconds(long files, long bytes) => (files * SecondsPerFile) + (bytes * SecondsPerByte);
}
