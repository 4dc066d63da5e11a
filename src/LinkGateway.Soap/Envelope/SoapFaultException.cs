namespace LinkGateway.Soap.Envelope;

/// <summary>Ends an operation with a given fault, wherever in its handling the reason is found.</summary>
public sealed class SoapFaultException : Exception
{
    /// <summary>Ends the operation with this fault.</summary>
    /// <param name="fault">The fault that the caller is to read.</param>
    public SoapFaultException(SoapFault fault)
        : base((fault ?? throw new ArgumentNullException(nameof(fault))).Reason) => Fault = fault;

    /// <summary>The fault that the caller is to read.</summary>
    public SoapFault Fault { get; }
}
