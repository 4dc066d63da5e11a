namespace LinkGateway.Soap.Profiles;

/// <summary>
/// Which deviations of a partner's messages are accepted (and reported), and which are refused. Immutable and thread-safe.
/// </summary>
public sealed class WireProfile
{
    static readonly ulong All = (1ul << Enum.GetValues<Deviation>().Length) - 1;

    readonly ulong _accepted;

    WireProfile(ulong accepted) => _accepted = accepted;

    /// <summary>Accepts every deviation: what partners get where nothing else is said.</summary>
    public static WireProfile Lenient { get; } = new(All);

    /// <summary>Refuses every <see cref="Deviation"/> from WS-I AP 1.0, RFC 2387 and WS-I BP 1.1.</summary>
    public static WireProfile Strict { get; } = new(0);

    /// <summary>Whether messages with this deviation are accepted.</summary>
    /// <param name="deviation">The deviation.</param>
    public bool Accepts(Deviation deviation) => (_accepted & Bit(deviation)) != 0;

    /// <summary>This profile with more deviations accepted.</summary>
    /// <param name="deviations">The deviations.</param>
    public WireProfile Accepting(params IEnumerable<Deviation> deviations) => new(_accepted | Bits(deviations));

    /// <summary>This profile with more deviations refused.</summary>
    /// <param name="deviations">The deviations.</param>
    public WireProfile Refusing(params IEnumerable<Deviation> deviations) => new(_accepted & ~Bits(deviations));

    static ulong Bits(IEnumerable<Deviation> deviations) => deviations.Aggregate(0ul, (bits, deviation) => bits | Bit(deviation));

    static ulong Bit(Deviation deviation) => 1ul << (int)deviation;
}
