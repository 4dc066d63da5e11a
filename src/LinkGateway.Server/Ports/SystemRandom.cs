using System.Security.Cryptography;
using LinkGateway.Core.Ports;

namespace LinkGateway.Server.Ports;

/// <summary>The operating system's random numbers. Thread-safe.</summary>
public sealed class SystemRandom : IRandom
{
    /// <inheritdoc/>
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
