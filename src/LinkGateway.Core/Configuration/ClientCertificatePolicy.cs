namespace LinkGateway.Core.Configuration;

/// <summary>What a listener does about client certificates.</summary>
public enum ClientCertificatePolicy
{
    /// <summary>A caller may show one instead of Basic credentials.</summary>
    Accept,

    /// <summary>A caller must show one.</summary>
    Require,

    /// <summary>None is asked for.</summary>
    Off,
}
