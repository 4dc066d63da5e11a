namespace LinkGateway.Core.Configuration;

/// <summary>One version of an interface. Several may be in force at once, while senders change over.</summary>
public sealed record InterfaceVersion
{
    /// <summary>The version as manifests state it.</summary>
    public required string Version { get; init; }

    /// <summary>First day on which it may be used, yyyy-MM-dd, in the gateway's time zone.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last day on which it may be used; null means no end.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>WSDL file of this version, relative to the catalogue's folder; null means that of the service.</summary>
    public string? Wsdl { get; init; }

    /// <summary>Whether it may be used on that day.</summary>
    public bool IsInForce(DateOnly on) => EffectiveFrom <= on && (EffectiveUntil is not { } last || on <= last);
}
