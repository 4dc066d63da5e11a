namespace LinkGateway.Contract.Archives;

/// <summary>The first line of an archive file.</summary>
public sealed record ArchiveHeader
{
    /// <summary>What the file is.</summary>
    public const string FormatName = "linkgateway-journal-archive";

    /// <summary><see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Version of the form, 1.</summary>
    public required int Version { get; init; }

    /// <summary>The gateway whose journal held what follows.</summary>
    public required string Gateway { get; init; }

    /// <summary>The statement that closes the file.</summary>
    public required long Statement { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset At { get; init; }
}
