namespace LinkGateway.Contract.Messages;

/// <summary>Fetches a whole file.</summary>
public sealed record FetchFileRequest
{
    /// <summary>Id of the delivery, from ListInbox.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>From an earlier answer; absent asks for a lease.</summary>
    public string? Lease { get; init; }
}
