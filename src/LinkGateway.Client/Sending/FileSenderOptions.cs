namespace LinkGateway.Client.Sending;

/// <summary>Limits of a <see cref="FileSender"/>.</summary>
public sealed record FileSenderOptions
{
    /// <summary>
    /// Most chunks in flight at once, 1 or more. Default 8. How many are follows the goodput that is measured, from two on. Each takes one
    /// connection; memory does not grow with the chunk size, as a chunk is read while it is sent.
    /// </summary>
    public int MaxInFlight { get; init; } = 8;

    /// <summary>How failed calls are repeated.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Longest wait for the deliveries after acceptance. Default 1 hour.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest pause between two questions for the deliveries' states; it begins at 200 ms and grows. Default 5 s.</summary>
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Chunk size in bytes that is proposed for a pipe when the order proposes none. Default 16 MiB: the buffer for the one chunk that is
    /// collected, and with at most 8,192 chunks a file of 128 GiB.
    /// </summary>
    public long PipeChunkSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Largest chunk in bytes that is collected in memory from a pipe; a gateway that decides on larger ones is refused. Default 64 MiB.
    /// </summary>
    public long PipeBufferLimit { get; init; } = 64 * 1024 * 1024;
}
