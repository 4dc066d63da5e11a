using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>A message that breaks SOAP's rules or a limit: always its sender's doing, and answerable by <see cref="Fault"/>.</summary>
public sealed class SoapFormatException : Exception
{
    /// <summary>Describes a broken message.</summary>
    /// <param name="error">The kind of breach.</param>
    /// <param name="message">What is wrong, where, and what to do; it is sent to the caller, so nothing internal.</param>
    /// <param name="inner">What was met while reading, if anything.</param>
    public SoapFormatException(SoapFormatError error, string message, Exception? inner = null)
        : base(message, inner) => Error = error;

    /// <summary>The kind of breach.</summary>
    public SoapFormatError Error { get; }

    /// <summary>The names of the header blocks that had to be understood and were not; empty unless that is the breach.</summary>
    public IReadOnlyList<XName> NotUnderstood { get; init; } = [];

    /// <summary>The fault that tells the sender.</summary>
    public SoapFault Fault => new(CodeOf(Error), Message) { NotUnderstood = NotUnderstood };

    static SoapFaultCode CodeOf(SoapFormatError error) => error switch
    {
        SoapFormatError.VersionMismatch => SoapFaultCode.VersionMismatch,
        SoapFormatError.MustUnderstand => SoapFaultCode.MustUnderstand,
        _ => SoapFaultCode.Sender,
    };
}
