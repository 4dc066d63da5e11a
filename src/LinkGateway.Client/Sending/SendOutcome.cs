using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Sending;

/// <summary>What came of a sending.</summary>
public sealed record SendOutcome
{
    /// <summary>How it ended.</summary>
    public required SendEnd End { get; init; }

    /// <summary>Id of the transfer; empty when none was chosen.</summary>
    public required string TransferId { get; init; }

    /// <summary>Why it ended so; empty when it succeeded. For <see cref="SendEnd.StateConflict"/> the property that differs.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The gateway's fault behind it; null when there is none.</summary>
    public BatchRefusal? Refusal { get; init; }

    /// <summary>Size of the file in bytes, as far as it is known.</summary>
    public long Size { get; init; }

    /// <summary>Bytes that went over the wire as content, repetitions included.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes that the gateway held already when the sending began.</summary>
    public long BytesHeld { get; init; }

    /// <summary>The accepted receipt as it came; null unless the gateway answered with one.</summary>
    public ReceiptEntry? Accepted { get; init; }

    /// <summary>All receipts of the transfer known at the end; only filled when delivery was waited for.</summary>
    public IReadOnlyList<ReceiptEntry> Receipts { get; init; } = [];

    /// <summary>State of each delivery at the end; only filled when delivery was waited for.</summary>
    public IReadOnlyList<DeliveryStatus> Deliveries { get; init; } = [];
}
