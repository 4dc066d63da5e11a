namespace LinkGateway.Soap.Fuzz.Mutation;

/// <summary>
/// Chance that can be repeated: SplitMix64, begun anew for each execution, so that one execution of a seed can be run alone and is the
/// same on every machine and runtime.
/// </summary>
sealed class Chance(ulong seed, long execution)
{
    const ulong Gamma = 0x9E3779B97F4A7C15;

    ulong _state = Mix(seed + Mix((ulong)execution + Gamma));

    public ulong Next() => Mix(_state += Gamma);

    /// <summary>A number from 0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    public bool OneIn(int count) => Below(count) == 0;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>Mostly small numbers, now and then large ones, up to <paramref name="limit"/>.</summary>
    public int Length(int limit) => 1 + Below(1 + Below(1 + Below(limit)));

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
