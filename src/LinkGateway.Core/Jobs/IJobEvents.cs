using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Jobs;

/// <summary>What the jobs of folders tell the outside, for logs. Calls must return at once and not throw.</summary>
public interface IJobEvents
{
    /// <summary>A program has ended.</summary>
    /// <param name="delivery">The delivery, as it is now.</param>
    /// <param name="exitCode">Its exit code; null where it could not be started.</param>
    void JobEnded(DeliveryRecord delivery, int? exitCode);

    /// <summary>Something failed that is none of the program's; it is tried again.</summary>
    void JobsTroubled(Exception exception);
}
