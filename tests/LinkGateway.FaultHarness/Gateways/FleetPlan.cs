using System.Text.Json.Nodes;
using LinkGateway.FaultHarness.Receiving;

namespace LinkGateway.FaultHarness.Gateways;

/// <summary>Which gateways a scenario wants, and how.</summary>
sealed record FleetPlan
{
    /// <summary>Whether a third gateway stands between the first and the last.</summary>
    public bool Middle { get; init; }

    /// <summary>Whether the first gateway may go past the third one.</summary>
    public bool Alternate { get; init; }

    /// <summary>How the receiving system gets its files.</summary>
    public ReceiverKind Receiver { get; init; }

    /// <summary>Deliveries that each gateway carries out at the same time.</summary>
    public int DeliveryWorkers { get; init; } = 8;

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

    /// <summary>Changes of the last gateway's configuration.</summary>
    public Action<JsonNode>? Last { get; init; }

    /// <summary>Where an earlier build of the server lies that starts first; null: this build.</summary>
    public string? EarlierBuild { get; init; }

    /// <summary>Whether files are pushed to the receiving system's service.</summary>
    public bool IsPushed => Receiver is ReceiverKind.Pushed or ReceiverKind.PushedAtMostOnce;

    /// <summary>How many lines carry a file towards the process behind them.</summary>
    public int Legs => 2 + (Middle ? 1 : 0) + (IsPushed ? 1 : 0);
}
