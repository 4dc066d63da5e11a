using System.Text.Json.Serialization;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Client.Sending;

/// <summary>What a state file remembers of a sending: enough to know the same order and the same file again.</summary>
public sealed record SavedTransfer
{
    /// <summary>Version of the form, 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The generated transfer id.</summary>
    public required string TransferId { get; init; }

    /// <summary>Address of the gateway.</summary>
    public required string Server { get; init; }

    /// <summary>Origin.</summary>
    public required string Origin { get; init; }

    /// <summary>Receivers.</summary>
    public required IReadOnlyList<string> Receivers { get; init; }

    /// <summary>Interface id.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>Environment.</summary>
    public required string Environment { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The set that the file is a member of; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SetId { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Time of the file's last change.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>When the gateway accepted it; null while it is not accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Size and time of the file.</summary>
    [JsonIgnore]
    public FileStamp Stamp => new(Size, ModifiedAt);

    /// <summary>A new transfer of a file.</summary>
    internal static SavedTransfer New(Uri server, Manifest manifest, FileStamp stamp) => new()
    {
        TransferId = Guid.CreateVersion7().ToString(),
        Server = server.AbsoluteUri,
        Origin = manifest.Origin,
        Receivers = manifest.Receivers,
        InterfaceId = manifest.InterfaceId,
        Environment = manifest.Environment,
        Kind = manifest.Kind,
        SetId = manifest.SetId,
        Size = stamp.Size,
        ModifiedAt = stamp.ModifiedAt,
    };

    /// <summary>The first property in which an order differs from the one remembered; null when it is the same.</summary>
    internal string? DifferenceTo(Uri server, Manifest manifest)
    {
        if (Server != server.AbsoluteUri) return "server";
        if (Origin != manifest.Origin) return "origin";
        if (!Receivers.SequenceEqual(manifest.Receivers)) return "receivers";
        if (InterfaceId != manifest.InterfaceId) return "interfaceId";
        if (Environment != manifest.Environment) return "environment";
        if (SetId != manifest.SetId) return "setId";
        return Kind == manifest.Kind ? null : "kind";
    }
}
