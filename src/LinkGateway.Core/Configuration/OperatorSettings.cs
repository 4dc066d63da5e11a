namespace LinkGateway.Core.Configuration;

/// <summary>Where operators reach the gateway. Participants of other kinds are refused there.</summary>
public sealed record OperatorSettings
{
    /// <summary>The addresses for operators, none of which serves data; left out, it is https://127.0.0.1:8444.</summary>
    public IReadOnlyList<ListenerSettings> Listeners { get; init; } = [new() { Url = new Uri("https://127.0.0.1:8444") }];
}
