namespace LinkGateway.Client.Operator;

/// <summary>Limits of the calls of an <see cref="OperatorClient"/>.</summary>
public sealed record OperatorClientOptions
{
    /// <summary>How long a call may take. Default 100 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Largest answer in bytes that is read. Default 16 MiB.</summary>
    public int AnswerBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Language of the gateway's texts as a BCP 47 tag, asked for by <c>Accept-Language</c>; null sends none.</summary>
    public string? Language { get; init; }
}
