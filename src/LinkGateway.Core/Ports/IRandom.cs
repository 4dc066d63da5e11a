namespace LinkGateway.Core.Ports;

/// <summary>Randomness for ids and jitter. Thread-safe.</summary>
public interface IRandom
{
    /// <summary>Fills the span; unpredictable to outsiders in production.</summary>
    void Fill(Span<byte> bytes);
}
