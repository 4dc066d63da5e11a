using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Delivery;

/// <summary>What came of one attempt. The engine turns it into the delivery's next state.</summary>
abstract record DeliveryOutcome
{
    /// <summary>The next gateway has accepted it and issued this receipt.</summary>
    /// <param name="Receipt">The receipt; null where it proves nothing.</param>
    /// <param name="Earlier">
    /// It was accepted there before this attempt, perhaps from somebody else, who then gets its further receipts: they are asked for soon.
    /// </param>
    public sealed record HandedOver(ReceiptRecord? Receipt, bool Earlier = false) : DeliveryOutcome;

    /// <summary>The destination cannot be reached or is in trouble of its own: another way may be tried at once.</summary>
    public sealed record Missed(string Code, string Text, TimeSpan? After = null) : DeliveryOutcome;

    /// <summary>The next gateway has it.</summary>
    /// <param name="Code">Code of what holds it up there, or of why the gateway cannot be asked; null when all is well.</param>
    /// <param name="Text">The text to it.</param>
    /// <param name="Receipts">What was learnt.</param>
    public sealed record StillHandedOver(string? Code, string? Text, IReadOnlyList<ReceiptRecord> Receipts) : DeliveryOutcome;

    /// <summary>It is at the receiver, as receipts of another gateway prove.</summary>
    public sealed record Proven(IReadOnlyList<ReceiptRecord> Receipts) : DeliveryOutcome;

    /// <summary>The gateway that has it cannot be reached: it goes by another way to the same place.</summary>
    public sealed record Rerouted(string Code, string Text) : DeliveryOutcome;

    /// <summary>It was withdrawn everywhere.</summary>
    public sealed record Withdrawn : DeliveryOutcome;

    /// <summary>Not every gateway that it has gone to has answered yet.</summary>
    public sealed record StillWithdrawing(string Code, string Text) : DeliveryOutcome;

    /// <summary>It cannot be withdrawn any more, and goes on as before.</summary>
    public sealed record TooLate(string Text) : DeliveryOutcome;

    /// <summary>It is at the receiver, which may have given it a number of its own.</summary>
    public sealed record Delivered(DateTimeOffset At, string? ReceiverReference = null) : DeliveryOutcome;

    /// <summary>The receiving system will never take it.</summary>
    public sealed record Rejected(string Code, string Text, string? ReceiverReference = null) : DeliveryOutcome;

    /// <summary>It lies in the receiver's inbox; the attempt does not count.</summary>
    public sealed record Offered : DeliveryOutcome;

    /// <summary>Nothing more can be done until more chunks are here; the attempt does not count.</summary>
    public sealed record Idle : DeliveryOutcome;

    /// <summary>The attempt's time was over and it broke off, leaving nothing in doubt (<see cref="DeliveryAttempt.TimeUp"/>).</summary>
    public sealed record BrokenOff : DeliveryOutcome;

    /// <summary>It may go on at another time; the attempt does not count.</summary>
    public sealed record PutOff(DateTimeOffset At, string Code, string Text) : DeliveryOutcome;

    /// <summary>It did not work; another attempt may.</summary>
    public sealed record Retry(string Code, string Text, TimeSpan? After = null) : DeliveryOutcome;

    /// <summary>
    /// The commit, or the message, was sent and not answered; or it was answered (<paramref name="Heard"/>) without saying whether it was
    /// done.
    /// </summary>
    public sealed record InDoubt(string Code, string Text, TimeSpan? After = null, bool Heard = false) : DeliveryOutcome;

    /// <summary>Somebody must decide.</summary>
    public sealed record Held(string Code, string Text) : DeliveryOutcome;

    /// <summary>The rest of its set is not here yet; looked at again when that is due.</summary>
    public sealed record HeldForSet(string Code, string Text, DateTimeOffset At) : DeliveryOutcome;

    /// <summary>No further attempt can help.</summary>
    public sealed record Failed(string Code, string Text) : DeliveryOutcome;

    /// <summary>The transfer or the delivery was ended by somebody else meanwhile.</summary>
    public sealed record Ended : DeliveryOutcome;
}
