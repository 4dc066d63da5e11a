namespace LinkGateway.Core.Jobs;

/// <summary>Runs programs.</summary>
public interface IJobRunner
{
    /// <summary>Runs one to its end.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="cancellationToken">Kills it, and all that it started.</param>
    /// <returns>How it ended; null where it could not be started.</returns>
    Task<JobEnd?> RunAsync(JobOrder order, CancellationToken cancellationToken);
}
