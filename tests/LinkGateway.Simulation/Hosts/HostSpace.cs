using LinkGateway.Core.Retention;

namespace LinkGateway.Simulation.Hosts;

/// <summary>There is always room; a full disk is the weather's.</summary>
sealed class HostSpace : IDiskSpace
{
    public long FreeBytes() => long.MaxValue;
}
