namespace LinkGateway.Contract.Messages;

/// <summary>Fetches a range of a file; in parallel, any range, repeatable.</summary>
public sealed record FetchChunkRequest
{
    /// <summary>Id of the delivery, from ListInbox.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>From an earlier answer; absent asks for a lease.</summary>
    public string? Lease { get; init; }

    /// <summary>First byte, from 0.</summary>
    public required long Offset { get; init; }

    /// <summary>Number of bytes wanted, at most 256 MiB; fewer come where the file ends.</summary>
    public required long Length { get; init; }

    /// <summary>True asks for the bytes in the answer itself instead of an attachment.</summary>
    public bool WantData { get; init; }
}
