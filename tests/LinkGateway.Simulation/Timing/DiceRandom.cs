using LinkGateway.Core.Ports;

namespace LinkGateway.Simulation.Timing;

/// <summary>Core's random numbers, drawn from dice.</summary>
sealed class DiceRandom(Dice dice) : IRandom
{
    public void Fill(Span<byte> bytes) => dice.Fill(bytes);
}
