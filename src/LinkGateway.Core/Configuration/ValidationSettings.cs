namespace LinkGateway.Core.Configuration;

/// <summary>How the messages of a route are held to the contract.</summary>
public sealed record ValidationSettings
{
    /// <summary>Requests.</summary>
    public ValidationMode Request { get; init; } = ValidationMode.Report;

    /// <summary>Answers.</summary>
    public ValidationMode Response { get; init; } = ValidationMode.Off;
}
