namespace LinkGateway.Contract.Operator;

/// <summary>Asks for a test notice.</summary>
public sealed record NoticeTestRequest
{
    /// <summary>Only by this sink; null for all.</summary>
    public string? Sink { get; init; }
}
