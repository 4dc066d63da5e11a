using LinkGateway.Core.Files;

namespace LinkGateway.Core.Retention;

/// <summary>Where retention keeps its own records: archives of old journal rows, and signed statements of what was removed.</summary>
/// <param name="Files">The file system.</param>
/// <param name="Folder">The folder, absolute; it is made.</param>
public sealed record RetentionRecords(IFileSystem Files, string Folder)
{
    /// <summary>Folder of the signed statements.</summary>
    public string Statements => Path.Combine(Folder, "statements");

    /// <summary>Folder of the archived journal.</summary>
    public string Journal => Path.Combine(Folder, "journal");
}
