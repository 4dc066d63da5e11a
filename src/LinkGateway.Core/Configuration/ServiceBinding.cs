namespace LinkGateway.Core.Configuration;

/// <summary>Binds an interface to a synchronous service, served at /services/{organisationCode}/{name}.</summary>
public sealed record ServiceBinding
{
    /// <summary>Name in the address.</summary>
    public required string Name { get; init; }

    /// <summary>WSDL file, relative to the catalogue's folder; versions may name their own.</summary>
    public required string Wsdl { get; init; }

    /// <summary>Name of the wsdl:service in that file; null means its first.</summary>
    public string? Service { get; init; }

    /// <summary>Operations that may be carried out twice: only those are tried again after a failure that leaves it open.</summary>
    public IReadOnlyList<string> Safe { get; init; } = [];
}
