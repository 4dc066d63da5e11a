namespace LinkGateway.Client.Receiving;

/// <summary>The work that follows the receiving of a file.</summary>
public interface IReceivingJob
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="facts">What is known of the file: names of environment variables with their values.</param>
    /// <returns>What it made of the file.</returns>
    /// <exception cref="IOException">It could not be started.</exception>
    Task<JobResult> RunAsync(IReadOnlyDictionary<string, string> facts);
}
