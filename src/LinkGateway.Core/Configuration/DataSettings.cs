using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>Where the gateway keeps its own data.</summary>
public sealed record DataSettings
{
    /// <summary>Folder of all data of this gateway: journal, spool, keys.</summary>
    [ConfigurationPath]
    public required string Directory { get; init; }

    /// <summary>Folder of the journal; null means the folder journal within directory. Put it on the disk with the fastest fsync.</summary>
    [ConfigurationPath]
    public string? Journal { get; init; }

    /// <summary>Folder of the payloads; null means the folder spool within directory.</summary>
    [ConfigurationPath]
    public string? Spool { get; init; }

    /// <summary>
    /// Folder of the archived journal and of the signed statements about what was removed; null means the folder archive within directory.
    /// </summary>
    [ConfigurationPath]
    public string? Archive { get; init; }

    /// <summary>The archive's folder, decided.</summary>
    [JsonIgnore]
    public string ArchiveDirectory => Archive ?? Path.Combine(Directory, "archive");

    /// <summary>The journal's folder, decided.</summary>
    [JsonIgnore]
    public string JournalDirectory => Journal ?? Path.Combine(Directory, "journal");

    /// <summary>The payloads' folder, decided.</summary>
    [JsonIgnore]
    public string SpoolDirectory => Spool ?? Path.Combine(Directory, "spool");

    /// <summary>Folder of the record of synchronous calls.</summary>
    [JsonIgnore]
    public string CallRecordDirectory => Path.Combine(Directory, "calls");

    /// <summary>Folder in which jobs leave their results.</summary>
    [JsonIgnore]
    public string JobDirectory => Path.Combine(Directory, "jobs");

    /// <summary>Folder of keys and certificates made on first start.</summary>
    [JsonIgnore]
    public string KeyDirectory => Path.Combine(Directory, "keys");
}
