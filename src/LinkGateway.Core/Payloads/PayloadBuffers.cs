using System.Buffers;

namespace LinkGateway.Core.Payloads;

/// <summary>
/// The buffers through which payload bytes pass: 256 KiB each, one bounded pool for all. The shared pool keeps arrays for every core and
/// thread that ever returned one, which grew with the length of a transfer; this one never holds more than were in use at once.
/// </summary>
static class PayloadBuffers
{
    /// <summary>Size of a buffer in bytes.</summary>
    public const int Size = 256 << 10;

    const int Kept = 32;

    static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(Size, Kept);

    /// <summary>Takes a buffer of <see cref="Size"/> bytes.</summary>
    public static byte[] Rent() => Pool.Rent(Size);

    /// <summary>Gives a buffer back, once.</summary>
    public static void Return(byte[] buffer) => Pool.Return(buffer);
}
