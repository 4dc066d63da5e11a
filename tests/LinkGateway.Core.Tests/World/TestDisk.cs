using LinkGateway.Core.Retention;

namespace LinkGateway.Core.Tests.World;

/// <summary>A disk with as much room as a test says.</summary>
sealed class TestDisk : IDiskSpace
{
    public long Free { get; set; } = long.MaxValue;

    public long FreeBytes() => Free;
}
