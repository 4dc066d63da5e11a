using CoreWCF;
using CoreWCF.Channels;

namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>The binding that carries messages untouched: streamed both ways, and with no limits but those of whoever reads them.</summary>
static class CarryingBinding
{
    /// <summary>Makes the binding of one scheme.</summary>
    /// <param name="transport">The transport of the scheme.</param>
    public static CustomBinding Over(HttpTransportBindingElement transport)
    {
        transport.TransferMode = TransferMode.Streamed;
        transport.MaxReceivedMessageSize = long.MaxValue;
        return new CustomBinding(new CarryingEncodingBindingElement(), transport)
        {
            // Uploads have no total time; what holds instead are the time limits of the host, under which the body is read.
            ReceiveTimeout = TimeSpan.MaxValue,
            SendTimeout = TimeSpan.MaxValue,
        };
    }
}
