namespace LinkGateway.Core.Configuration;

/// <summary>Which stack carries SOAP messages between the listeners and the services.</summary>
public enum SoapHost
{
    /// <summary>The gateway's own, straight on Kestrel.</summary>
    Kestrel,

    /// <summary>CoreWCF; only in a gateway that was built with it.</summary>
    CoreWcf,
}
