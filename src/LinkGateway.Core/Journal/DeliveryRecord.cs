using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;

namespace LinkGateway.Core.Journal;

/// <summary>What the journal holds of a delivery.</summary>
public sealed record DeliveryRecord
{
    /// <summary>Its id: 32 lower-case hexadecimal digits, the primary key.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The transfer that it delivers.</summary>
    public required TransferIdentity Transfer { get; init; }

    /// <summary>The payload that it delivers.</summary>
    public required string PayloadId { get; init; }

    /// <summary>The receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>The interface of its manifest.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>Replay number of this delivery.</summary>
    public required int Replay { get; init; }

    /// <summary>Id of the destination.</summary>
    public required string DestinationId { get; init; }

    /// <summary>State.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Attempts begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the next attempt is due; null while it waits for an event (chunks, acceptance, an operator).</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Worker that holds it.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Code of the last error, or of the reason why it is held.</summary>
    public string? LastErrorCode { get; init; }

    /// <summary>English text of the last error.</summary>
    public string? LastErrorText { get; init; }

    /// <summary>Folder: the name under which it is (being) published.</summary>
    public string? PublishedName { get; init; }

    /// <summary>
    /// Folder: where its files lie before they are published, entered before the first is written. A publication that began there ends
    /// there, wherever the destination leads by now.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Destinations that may hold it without anybody here knowing: a commit went there and was not answered. While one of them stands in
    /// the list, the delivery goes to no other store.
    /// </summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>What has been decided about it and is not carried out yet, such as a cancel that the next gateway has to answer.</summary>
    public DeliveryIntention Intention { get; init; }

    /// <summary>Who decided so, and why.</summary>
    public string? IntentionReason { get; init; }

    /// <summary>Inbox: since when it is offered; null while it is not.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>Inbox: what its present lease must be stated with; a former one is fenced off.</summary>
    public string? LeaseToken { get; init; }

    /// <summary>The receiving system's own number for it.</summary>
    public string? ReceiverReference { get; init; }

    /// <summary>Key of the file set of which it delivers a member; null when the file stands alone.</summary>
    public string? SetKey { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>With which others it waits.</summary>
    public Lane Lane => new(
        DestinationId, Transfer.Origin, InterfaceId, Receiver,
        Intention == DeliveryIntention.None && State is DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.InDoubt);

    /// <summary>Row version, from 1; each update states the one that it builds on.</summary>
    public long Version { get; init; } = 1;
}
