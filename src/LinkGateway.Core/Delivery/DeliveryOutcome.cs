using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Delivery;

/// <summary>What came of one attempt. The engine turns it into the delivery's next state.</summary>
abstract record DeliveryOutcome
{
    /// <summary>The next gateway has accepted it and issued this receipt.</summary>
    public sealed record HandedOver(ReceiptRecord? Receipt) : DeliveryOutcome;

    /// <summary>It is at the receiver.</summary>
    public sealed record Delivered(DateTimeOffset At) : DeliveryOutcome;

    /// <summary>It lies in the receiver's inbox; the attempt does not count.</summary>
    public sealed record Offered : DeliveryOutcome;

    /// <summary>Nothing more can be done until more chunks are here; the attempt does not count.</summary>
    public sealed record Idle : DeliveryOutcome;

    /// <summary>It did not work; another attempt may.</summary>
    public sealed record Retry(string Code, string Text, TimeSpan? After = null) : DeliveryOutcome;

    /// <summary>The commit, or the message, was sent and not answered.</summary>
    public sealed record InDoubt(string Code, string Text, TimeSpan? After = null) : DeliveryOutcome;

    /// <summary>Somebody must decide.</summary>
    public sealed record Held(string Code, string Text) : DeliveryOutcome;

    /// <summary>No further attempt can help.</summary>
    public sealed record Failed(string Code, string Text) : DeliveryOutcome;

    /// <summary>The transfer or the delivery was ended by somebody else meanwhile.</summary>
    public sealed record Ended : DeliveryOutcome;
}
