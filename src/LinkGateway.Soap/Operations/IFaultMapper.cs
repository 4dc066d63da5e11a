using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Operations;

/// <summary>Turns what went wrong into the fault that the caller reads; a service sets its own to add codes and languages.</summary>
public interface IFaultMapper
{
    /// <summary>The fault for an exception; must neither throw nor tell anything internal.</summary>
    /// <param name="exception">What reading the message, or the handler, threw.</param>
    /// <returns>A Sender fault where the message is to blame, otherwise a Receiver fault.</returns>
    SoapFault Map(Exception exception);
}
