using CoreWCF;
using CoreWCF.Channels;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>SOAP with Attachments over HTTP or HTTPS, streamed both ways, with no limit to the size of attachments.</summary>
public sealed class SwaHttpBinding : CustomBinding
{
    /// <summary>Makes a binding.</summary>
    /// <param name="tls">Whether the endpoint is reached by https.</param>
    public SwaHttpBinding(bool tls = false)
        : this(new SwaMessageEncodingBindingElement(), tls)
    {
    }

    /// <summary>Makes a binding.</summary>
    /// <param name="encoding">The encoding, with limits and profile of its own.</param>
    /// <param name="tls">Whether the endpoint is reached by https.</param>
    public SwaHttpBinding(SwaMessageEncodingBindingElement encoding, bool tls = false)
        : base(encoding, Transport(tls))
    {
    }

    static HttpTransportBindingElement Transport(bool tls)
    {
        var transport = tls ? new HttpsTransportBindingElement() : new HttpTransportBindingElement();
        transport.TransferMode = TransferMode.Streamed;
        transport.MaxReceivedMessageSize = long.MaxValue;
        return transport;
    }
}
