using LinkGateway.Core.Intake;

namespace LinkGateway.Core.Tests.World;

/// <summary>As much memory in use as a test says.</summary>
sealed class TestMemory : IMemoryUse
{
    public long InUse { get; set; }

    public long BytesInUse() => InUse;
}
