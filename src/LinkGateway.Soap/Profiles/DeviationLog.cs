using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Profiles;

/// <summary>
/// The deviations of one message: judged by a profile, each reported once, where it first occurred. It grows while attachments are
/// read. Not thread-safe, as the reading of a message is not.
/// </summary>
/// <param name="profile">What is accepted.</param>
public sealed class DeviationLog(WireProfile profile)
{
    List<DeviationReport>? _reports;

    /// <summary>The profile that the message is judged by.</summary>
    public WireProfile Profile => profile;

    /// <summary>The deviations met so far, in the order in which they were met; at most the last one was refused.</summary>
    public IReadOnlyList<DeviationReport> Reports => _reports ?? (IReadOnlyList<DeviationReport>)[];

    /// <summary>Reports a deviation outside of the multipart framing.</summary>
    /// <param name="deviation">The deviation.</param>
    /// <exception cref="SoapFormatException">The profile refuses it.</exception>
    public void Report(Deviation deviation)
    {
        if (!Admits(deviation, 0, 0))
            throw new SoapFormatException(SoapFormatError.Deviation, Refusal(deviation));
    }

    /// <summary>Notes a deviation.</summary>
    /// <returns>Whether the profile accepts it.</returns>
    internal bool Admits(Deviation deviation, int partNumber, long byteOffset)
    {
        var accepted = profile.Accepts(deviation);
        if (_reports?.Exists(report => report.Deviation == deviation) != true)
            (_reports ??= []).Add(new(deviation, partNumber, byteOffset, Refused: !accepted));
        return accepted;
    }

    /// <summary>What the sender of a refused message reads.</summary>
    internal static string Refusal(Deviation deviation) =>
        $"The message deviates from {deviation.Rule()}, and the partner's profile refuses {deviation.Name()}. {deviation.Advice()}";
}
