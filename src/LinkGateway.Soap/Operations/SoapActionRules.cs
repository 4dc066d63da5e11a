using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Operations;

/// <summary>What the SOAPAction header must be (WS-I BP 1.1 R1109, R2744, R2745; SOAP 1.2 part 2, 6.5).</summary>
public static class SoapActionRules
{
    /// <summary>Judges the header of a message.</summary>
    /// <param name="header">Its value, repeated ones joined; null where there is none.</param>
    /// <param name="version">The version of the envelope.</param>
    /// <param name="deviations">Judges and gathers deviations.</param>
    /// <exception cref="SoapFormatException">The profile refuses what was found.</exception>
    public static void Judge(string? header, SoapVersion version, DeviationLog deviations)
    {
        ArgumentNullException.ThrowIfNull(deviations);
        if (version == SoapVersion.Soap12 && header is not null)
            deviations.Report(Deviation.SoapActionOnSoap12);
        else if (version == SoapVersion.Soap11 && header is null)
            deviations.Report(Deviation.SoapActionMissing);
        else if (version == SoapVersion.Soap11 && !IsOneQuoted(header!.Trim()))
            deviations.Report(Deviation.SoapActionUnquoted);
    }

    static bool IsOneQuoted(string text) => text.Length >= 2 && text[0] == '"' && text.IndexOf('"', 1) == text.Length - 1;
}
