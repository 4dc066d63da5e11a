using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of ListInbox.</summary>
public sealed record ListInboxResult
{
    /// <summary>The deliveries, oldest first; fewer than wanted where they would be too large.</summary>
    public IReadOnlyList<InboxItem> Items { get; init; } = [];

    /// <summary>Where the next call goes on, until one answers no item.</summary>
    public string? Cursor { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
