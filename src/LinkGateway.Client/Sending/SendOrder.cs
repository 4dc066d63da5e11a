using LinkGateway.Contract.Manifests;

namespace LinkGateway.Client.Sending;

/// <summary>What a <see cref="FileSender"/> shall send. Either <see cref="FilePath"/> or <see cref="Pipe"/> is set.</summary>
public sealed record SendOrder
{
    /// <summary>
    /// What is said of the file. An empty transfer id lets the sender make one (UUIDv7) and keep it in the state file beside the file; the
    /// size is filled in for a file.
    /// </summary>
    public required Manifest Manifest { get; init; }

    /// <summary>The file to send.</summary>
    public string? FilePath { get; init; }

    /// <summary>A stream of unknown length, read once to its end. It cannot be resumed by another process.</summary>
    public Stream? Pipe { get; init; }

    /// <summary>Proposed chunk size in bytes, a power of two from 64 KiB to 256 MiB; the gateway decides. Null proposes none.</summary>
    public long? ChunkSize { get; init; }

    /// <summary>What to wait for.</summary>
    public WaitFor WaitFor { get; init; } = WaitFor.Accepted;

    /// <summary>Gives up what the state file remembers and begins a new transfer, also of a file that was accepted before.</summary>
    public bool StartAnew { get; init; }
}
