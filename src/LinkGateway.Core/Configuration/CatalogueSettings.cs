namespace LinkGateway.Core.Configuration;

/// <summary>Where the contracts of synchronous interfaces lie.</summary>
public sealed record CatalogueSettings
{
    /// <summary>Folder of WSDL 1.1 and XSD files, read at start and on reload; nothing is ever fetched from elsewhere.</summary>
    [ConfigurationPath]
    public required string Folder { get; init; }

    /// <summary>Whether everybody may read the contracts of routed services; otherwise those who may call them.</summary>
    public bool Open { get; init; }
}
