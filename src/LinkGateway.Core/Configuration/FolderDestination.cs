namespace LinkGateway.Core.Configuration;

/// <summary>A folder into which files are published, each with a control file as the last act (DESIGN section 4.9).</summary>
public sealed record FolderDestination : Destination
{
    /// <summary>Name of the gateway's own folder in it, where files lie that are not yet published.</summary>
    public const string InsideName = ".linkgw";

    /// <summary>The folder; it must exist and lie in one file system.</summary>
    [ConfigurationPath]
    public required string Path { get; init; }

    /// <summary>
    /// Name of the published file, with {fileName}, {transferId}, {origin}, {interface}, {receiver}, {deliveryId}, {replay}.
    /// </summary>
    public NameTemplate NameTemplate { get; init; } = NameTemplate.Default;

    /// <summary>What happens when a file of that name is there already.</summary>
    public OnExists OnExists { get; init; } = OnExists.Refuse;

    /// <summary>Deliveries that are under way to it at the same time, 1 to 1000; null means as many as there are workers.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Programs that run after a delivery; null for none.</summary>
    public FolderJobs? Jobs { get; init; }

    internal override int? MostDeliveries => Concurrency;
}
