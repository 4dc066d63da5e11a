using LinkGateway.Core.Jobs;
using LinkGateway.Core.Journal;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Jobs;

/// <summary>Puts what happens to jobs, and what they write, into the log. Thread-safe.</summary>
/// <param name="logger">The log.</param>
sealed class JobReporter(ILogger<JobReporter> logger) : IJobEvents
{
    public void JobEnded(DeliveryRecord delivery, int? exitCode)
    {
        if (exitCode is { } code) logger.JobEnded(delivery.DeliveryId, code, delivery.State);
        else logger.JobNotStarted(delivery.DeliveryId);
    }

    public void JobsTroubled(Exception exception) => logger.JobsTroubled(exception);

    /// <summary>A line that a job wrote.</summary>
    public void Output(string deliveryId, string line) => logger.JobSaid(deliveryId, line);
}
