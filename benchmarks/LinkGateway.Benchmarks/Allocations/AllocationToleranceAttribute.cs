namespace LinkGateway.Benchmarks.Allocations;

/// <summary>
/// How much more than recorded a benchmark may allocate, where its work crosses threads and what is allocated depends a little on
/// which of them was faster. Without it: 1 percent or 16 bytes, whichever is more.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllocationToleranceAttribute(int percent) : Attribute
{
    public int Percent { get; } = percent;
}
