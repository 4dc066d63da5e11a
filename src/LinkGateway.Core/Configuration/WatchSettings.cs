using LinkGateway.Contract.Watching;

namespace LinkGateway.Core.Configuration;

/// <summary>A folder of a sender's side: the gateway takes in by itself what is whole there, as if the origin had sent it.</summary>
public sealed record WatchSettings
{
    /// <summary>Id for logs and for what operators see; it is part of the ids of the transfers, so keep it.</summary>
    public required string Id { get; init; }

    /// <summary>The folder; it must exist. Whoever may write into it sends in the name of the origin.</summary>
    [ConfigurationPath]
    public required string Folder { get; init; }

    /// <summary>The participant whose files these are.</summary>
    public required string Origin { get; init; }

    /// <summary>Interface.</summary>
    public required string Interface { get; init; }

    /// <summary>Receivers; may be empty where namePattern has a group named receiver.</summary>
    public IReadOnlyList<string> Receivers { get; init; } = [];

    /// <summary>Names that are meant, with * and ? in them. Names that begin with a dot never are.</summary>
    public IReadOnlyList<string> Files { get; init; } = ["*"];

    /// <summary>
    /// How a whole file is known: stable (size and time have not changed for stableFor), marker (another file, with markerSuffix behind
    /// the name, was written after it), or name (it has its name, because it is written under another and then renamed).
    /// </summary>
    public CompleteRule Complete { get; init; } = CompleteRule.Stable;

    /// <summary>For stable: for how long neither size nor time may have changed, as hh:mm:ss, from one second to one day.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For marker: what the name of the other file has behind the file's own.</summary>
    public string MarkerSuffix { get; init; } = ".end";

    /// <summary>
    /// Regular expression that whole names must match; its named groups fill fields of the manifest (kind, baseDate, receiver,
    /// orderSequence, setId, setIndex, setCount, recordCount, …), groups with other names become properties. Null for none.
    /// </summary>
    public string? NamePattern { get; init; }

    /// <summary>What the manifests say.</summary>
    public WatchManifest Manifest { get; init; } = new();

    /// <summary>What becomes of a file when the gateway has it safe.</summary>
    public AfterSending Afterwards { get; init; } = AfterSending.Keep;

    /// <summary>For move: where to, in the file system of the folder; it is made.</summary>
    [ConfigurationPath]
    public string? DoneFolder { get; init; }

    /// <summary>
    /// Where a file goes that was refused, with the reason beside it, in the file system of the folder; it is made. Null: it stays, and is
    /// tried again when it changes.
    /// </summary>
    [ConfigurationPath]
    public string? ErrorFolder { get; init; }

    /// <summary>Where the accepted receipts are written; it is made. Null: they are not.</summary>
    [ConfigurationPath]
    public string? ReceiptFolder { get; init; }

    /// <summary>How often the folder is looked at, as hh:mm:ss, from one second to one hour.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Files that are taken in at the same time, 1 to 64.</summary>
    public int FilesInFlight { get; init; } = 2;

    /// <summary>When the folder is looked at; null means always.</summary>
    public ScheduleSettings? Schedule { get; init; }
}
