using System.Text.Json.Nodes;

namespace LinkGateway.FaultHarness.Gateways;

/// <summary>Which gateways a scenario wants, and how.</summary>
sealed record FleetPlan
{
    /// <summary>Whether a third gateway stands between the first and the last.</summary>
    public bool Middle { get; init; }

    /// <summary>Whether the first gateway may go past the third one.</summary>
    public bool Alternate { get; init; }

    /// <summary>Whether the lines see inside TLS: then ambushes may lie in single operations, and a bit may be flipped unnoticed.</summary>
    public bool Opened { get; init; }

    /// <summary>Longest silence within an attachment.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the first gateway tries.</summary>
    public int Attempts { get; init; } = 10_000;

    /// <summary>Chunk size where the sender proposes none.</summary>
    public string ChunkSize { get; init; } = "1MiB";

    /// <summary>The disk that the last gateway's journal and spool lie on; null: in its data folder.</summary>
    public string? DiskOfLast { get; init; }

    /// <summary>Changes of the first gateway's configuration.</summary>
    public Action<JsonNode>? Entry { get; init; }

    /// <summary>Where an earlier build of the server lies that starts first; null: this build.</summary>
    public string? EarlierBuild { get; init; }
}
