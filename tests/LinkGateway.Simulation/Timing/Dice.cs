using System.Numerics;

namespace LinkGateway.Simulation.Timing;

/// <summary>All chance of a night: what the seed decides, and nothing else. SplitMix64.</summary>
sealed class Dice(ulong seed)
{
    ulong _state = seed;

    /// <summary>Where it stands: two nights that drew alike stand alike.</summary>
    public ulong State => _state;

    /// <summary>Dice of their own, so that more draws here do not change what is drawn there.</summary>
    public Dice Fork() => new(NextBits());

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="bound"/> - 1.</summary>
    public int Next(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    /// <summary>From 0 to 1, without 1.</summary>
    public double Fraction() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with that probability.</summary>
    public bool Chance(double probability) => probability > 0 && Fraction() < probability;

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    /// <summary>A time between the two, each order of magnitude as likely as the next.</summary>
    public TimeSpan Span(TimeSpan least, TimeSpan most)
    {
        var low = Math.Log(Math.Max(1, least.Ticks));
        var high = Math.Log(Math.Max(1, most.Ticks));
        return TimeSpan.FromTicks((long)Math.Exp(low + ((high - low) * Fraction())));
    }

    public void Fill(Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (bytes.Length > 0)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(word, NextBits());
            var count = Math.Min(word.Length, bytes.Length);
            word[..count].CopyTo(bytes);
            bytes = bytes[count..];
        }
    }

    /// <summary>Mixes a value into a running hash.</summary>
    public static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * 0x9E3779B97F4A7C15, 29);
}
