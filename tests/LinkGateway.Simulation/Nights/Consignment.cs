using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Simulation.Nights;

/// <summary>A file that somebody sends in a night, and what has become of it as the people outside see it.</summary>
sealed class Consignment
{
    readonly Dictionary<string, int> _taken = [];

    public required Manifest Manifest { get; init; }

    public required byte[] Bytes { get; init; }

    public required Sha256Digest Sha256 { get; init; }

    /// <summary>When its sender has it.</summary>
    public required TimeSpan ReadyAt { get; init; }

    /// <summary>Sent in chunks, else as one message.</summary>
    public required bool InChunks { get; init; }

    /// <summary>The receipt with which its sender was answered.</summary>
    public ReceiptContent? Accepted { get; set; }

    /// <summary>The code with which its sender was told to send it no more.</summary>
    public string? Refused { get; set; }

    /// <summary>Its sender was told that other bytes are held under its id.</summary>
    public bool Differs { get; set; }

    /// <summary>Somebody has asked to cancel it: it may end so.</summary>
    public bool CancelAsked { get; set; }

    /// <summary>The receivers for which a cancel was answered with "cancelled".</summary>
    public HashSet<string> Cancelled { get; } = [];

    public string Id => Manifest.TransferId;

    /// <summary>How often a receiver has it.</summary>
    public int TakenBy(string receiver) => _taken.GetValueOrDefault(receiver);

    public int Take(string receiver) => _taken[receiver] = TakenBy(receiver) + 1;
}
