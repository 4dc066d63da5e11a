namespace LinkGateway.Client.Batch;

/// <summary>Limits of the calls of a <see cref="BatchClient"/>.</summary>
public sealed record BatchClientOptions
{
    /// <summary>
    /// How long the gateway may be silent: no byte taken while sending, or no answer after the last one. Default 100 s. There is no total
    /// time: a chunk on a slow line is sent as long as it moves. A long poll's own waiting time is added.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Largest answer in bytes that is read. Default 4 MiB; 1,000 receipts with their documents take about 3 MiB.</summary>
    public int AnswerBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Contents of at least this many bytes wait for <c>100 Continue</c> (RFC 9110, 10.1.1), so that a refusal costs no upload. Default
    /// 1 MiB, below which the waiting costs more than the bytes.
    /// </summary>
    public long ContinueThreshold { get; init; } = 1024 * 1024;

    /// <summary>Language of the gateway's texts as a BCP 47 tag, asked for by <c>Accept-Language</c>; null sends none.</summary>
    public string? Language { get; init; }
}
