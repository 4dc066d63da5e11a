using LinkGateway.Client.Sending;

namespace LinkGateway.Client.Services;

/// <summary>Limits of the calls of a <see cref="ServiceClient"/>.</summary>
public sealed record ServiceClientOptions
{
    /// <summary>
    /// How long the gateway may be silent: no byte taken while sending, no answer after the last one, or nothing more of the answer.
    /// Default 100 s, which leaves a gateway the time to give up a receiver and say so. There is no total time.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Largest envelope of an answer in bytes; attachments do not count. Default 4 MiB.</summary>
    public int AnswerBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Messages whose attachments have at least this many bytes wait for <c>100 Continue</c> (RFC 9110, 10.1.1), so that a refusal costs no
    /// upload. Default 1 MiB, below which the waiting costs more than the bytes.
    /// </summary>
    public long ContinueThreshold { get; init; } = 1024 * 1024;

    /// <summary>Language of the gateway's texts as a BCP 47 tag, asked for by <c>Accept-Language</c>; null sends none.</summary>
    public string? Language { get; init; }

    /// <summary>How often and when <see cref="ServiceClient.SendAsync"/> sends a message again.</summary>
    public RetryOptions Retries { get; init; } = new();
}
