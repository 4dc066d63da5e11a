using System.Text.Json.Serialization;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Jobs;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Receiving;

/// <summary>What is written down of a file that is being received: enough to go on after a crash at any point.</summary>
sealed record ReceiveState
{
    /// <summary>Version of the form, 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Address of the gateway.</summary>
    public required string Server { get; init; }

    public required string DeliveryId { get; init; }

    public required string Origin { get; init; }

    public required string TransferId { get; init; }

    /// <summary>The file's name as the origin gave it.</summary>
    public required string FileName { get; init; }

    public required long Size { get; init; }

    public required Sha256Digest Sha256 { get; init; }

    public required long ChunkSize { get; init; }

    public required Sha256Digest Root { get; init; }

    /// <summary>What the job is told.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    public ReceiveStep Step { get; init; }

    /// <summary>The lease; null before the first answer.</summary>
    public string? Lease { get; init; }

    /// <summary>Bytes from the beginning that are flushed under the temporary name.</summary>
    public long Held { get; init; }

    /// <summary>The name in the folder; null before it is chosen.</summary>
    public string? Name { get; init; }

    /// <summary>Runs of the job, the present one included.</summary>
    public int Attempt { get; init; }

    /// <summary>What the job said, once it has ended.</summary>
    public JobResult? Result { get; init; }

    /// <summary>The error of which the job on error was told last, so that it is told once.</summary>
    public string? ToldError { get; init; }

    /// <summary>Whether it was read from disk: time may have passed since.</summary>
    [JsonIgnore]
    public bool IsResumed { get; init; }

    public static ReceiveState New(Uri server, InboxItem item) => new()
    {
        Server = server.AbsoluteUri,
        DeliveryId = item.DeliveryId,
        Origin = item.Origin,
        TransferId = item.TransferId,
        FileName = item.Manifest.FileName,
        Size = item.Size,
        Sha256 = item.Sha256,
        ChunkSize = item.ChunkSize,
        Root = item.Root,
        Facts = JobFacts.Of(item.DeliveryId, item.Receiver, item.Replay, item.Manifest, item.Size, item.Sha256),
    };
}
