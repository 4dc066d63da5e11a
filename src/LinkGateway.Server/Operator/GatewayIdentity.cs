namespace LinkGateway.Server.Operator;

/// <summary>What the process knows of itself.</summary>
/// <param name="StartedAt">When it started.</param>
/// <param name="Now">Its clock.</param>
/// <param name="Listeners">The addresses for participants.</param>
/// <param name="OperatorListeners">The addresses for operators.</param>
/// <param name="TestSeams">Whether faults can be planted.</param>
sealed record GatewayIdentity(
    DateTimeOffset StartedAt, DateTimeOffset Now, IReadOnlyList<string> Listeners, IReadOnlyList<string> OperatorListeners,
    bool TestSeams);
