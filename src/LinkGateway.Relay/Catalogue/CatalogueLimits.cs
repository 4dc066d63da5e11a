namespace LinkGateway.Relay.Catalogue;

/// <summary>What a folder of interfaces may cost. An operator fills it, so these guard against accidents, not against attackers.</summary>
public static class CatalogueLimits
{
    /// <summary>The most WSDL and XSD files.</summary>
    public const int Documents = 2_000;

    /// <summary>The largest file, in bytes.</summary>
    public const int DocumentBytes = 8 * 1024 * 1024;

    /// <summary>The most bytes of all files together.</summary>
    public const int FolderBytes = 64 * 1024 * 1024;

    /// <summary>The deepest sub-folder, a file of the folder itself being at 0.</summary>
    public const int FolderDepth = 16;

    /// <summary>The deepest nesting of elements in a file.</summary>
    public const int ElementDepth = 64;

    /// <summary>The most attributes of one element.</summary>
    public const int ElementAttributes = 256;

    /// <summary>The most errors that are listed.</summary>
    public const int Errors = 500;
}
