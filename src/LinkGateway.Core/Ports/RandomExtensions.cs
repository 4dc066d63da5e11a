using System.Buffers.Binary;

namespace LinkGateway.Core.Ports;

/// <summary>What Core draws from <see cref="IRandom"/>.</summary>
public static class RandomExtensions
{
    /// <summary>A new id: 128 random bits as 32 lower-case hexadecimal digits.</summary>
    public static string NextId(this IRandom random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A number from 0 (included) to 1 (excluded), for jitter.</summary>
    public static double NextFraction(this IRandom random)
    {
        Span<byte> bytes = stackalloc byte[8];
        random.Fill(bytes);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }
}
