using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>What an origin answers when it was told something: nothing.</summary>
public sealed record NotedResult
{
    /// <summary>For what is not foreseen.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
