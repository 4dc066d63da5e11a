using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// The two changes that a relay may make to an envelope. Both presume that no signature covers what they change; see
/// <see cref="Signatures"/>. Stateless and safe from any thread.
/// </summary>
public static class EnvelopeRewriter
{
    /// <summary>Writes an envelope anew in the other version of SOAP. The content of header blocks and body means what it meant.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="to">The version to write; the other one than the envelope's.</param>
    /// <returns>The new envelope in UTF-8.</returns>
    /// <exception cref="ArgumentException">The envelope is of this version already.</exception>
    public static ReadOnlyMemory<byte> Convert(SoapEnvelope envelope, SoapVersion to)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return VersionConversion.Convert(envelope, to);
    }

    /// <summary>
    /// Replaces the addresses that answers and faults are to be sent to: in the blocks ReplyTo and FaultTo for the receiver, of
    /// WS-Addressing 1.0 and of its submission of August 2004, where they name an address at all. Every other byte stays as it came.
    /// </summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="newAddress">Gives the address to write instead of one that came.</param>
    /// <returns>The new envelope in the encoding of the old one, and what was replaced.</returns>
    /// <exception cref="SoapFormatException">A block to be changed has no address, or one with elements inside.</exception>
    public static ReplacedAddresses ReplaceReplyAddresses(SoapEnvelope envelope, Func<string, string> newAddress)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(newAddress);
        return CallbackAddresses.Replace(envelope, newAddress);
    }
}
