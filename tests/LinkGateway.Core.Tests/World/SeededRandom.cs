using LinkGateway.Core.Ports;

namespace LinkGateway.Core.Tests.World;

/// <summary>Random numbers that a seed decides.</summary>
sealed class SeededRandom(int seed) : IRandom
{
    readonly Random _random = new(seed);

    public void Fill(Span<byte> bytes)
    {
        lock (_random) _random.NextBytes(bytes);
    }
}
