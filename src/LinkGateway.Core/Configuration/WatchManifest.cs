namespace LinkGateway.Core.Configuration;

/// <summary>What the manifests of a watched folder's files say, where the name of the file says nothing else.</summary>
public sealed record WatchManifest
{
    /// <summary>full, difference or change.</summary>
    public string Kind { get; init; } = "full";

    /// <summary>Version of the interface; null means the one in force.</summary>
    public string? InterfaceVersion { get; init; }

    /// <summary>業務ユニット number.</summary>
    public string? BusinessUnit { get; init; }

    /// <summary>団体コード of the origin, six digits.</summary>
    public string? OriginOrganisation { get; init; }

    /// <summary>団体コード of the receiver, six digits.</summary>
    public string? ReceiverOrganisation { get; init; }

    /// <summary>Version of the layout.</summary>
    public string? LayoutVersion { get; init; }

    /// <summary>Classification of the data.</summary>
    public string? DataClass { get; init; }

    /// <summary>法的根拠 of the hand-over.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Group within which order matters.</summary>
    public string? OrderGroup { get; init; }

    /// <summary>Media type of the files.</summary>
    public string MediaType { get; init; } = Contract.Manifests.Manifest.DefaultMediaType;

    /// <summary>Character encoding of the files, such as windows-31j.</summary>
    public string? Charset { get; init; }

    /// <summary>Content encoding such as gzip; null means none.</summary>
    public string? ContentEncoding { get; init; }
}
