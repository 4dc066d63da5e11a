using System.Diagnostics.CodeAnalysis;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Client.Batch;

/// <summary>What came of one call to the batch service. Immutable.</summary>
/// <typeparam name="T">The result.</typeparam>
public sealed record BatchAnswer<T>
    where T : class
{
    BatchAnswer(BatchOutcome outcome) => Outcome = outcome;

    /// <summary>How it ended.</summary>
    public BatchOutcome Outcome { get; }

    /// <summary>The result; null unless <see cref="BatchOutcome.Answered"/>.</summary>
    public T? Value { get; private init; }

    /// <summary>The fault; null unless <see cref="BatchOutcome.Refused"/>.</summary>
    public BatchRefusal? Refusal { get; private init; }

    /// <summary>Why there is no result: the fault's text, or the transport's error; empty when answered.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>Whether there is a result.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Answered => Outcome == BatchOutcome.Answered;

    /// <summary>Whether the same call may succeed later: nothing came through, the fault is another's, or a time was named.</summary>
    public bool Temporary => Outcome switch
    {
        BatchOutcome.Answered => false,
        // What broke off on the line is counted as its sender's, who can do nothing but send it again.
        BatchOutcome.Refused =>
            Refusal!.Side != FaultSide.Sender || Refusal.RetryAfter is not null || Refusal.Is(ErrorCatalogue.MessageBrokeOff),
        _ => true,
    };

    /// <summary>The same end without a result, as that of another call.</summary>
    internal BatchAnswer<TOther> WithoutValue<TOther>()
        where TOther : class => new(Outcome) { Refusal = Refusal, Reason = Reason };

    /// <summary>An answer with a result.</summary>
    internal static BatchAnswer<T> With(T value) => new(BatchOutcome.Answered) { Value = value };

    /// <summary>A fault.</summary>
    internal static BatchAnswer<T> Refused(BatchRefusal refusal) => new(BatchOutcome.Refused)
    {
        Refusal = refusal,
        Reason = refusal.Code.Length == 0 ? refusal.Text : $"{refusal.Code}: {refusal.Text}",
    };

    /// <summary>No connection: nothing was sent.</summary>
    internal static BatchAnswer<T> NotSent(string reason) => new(BatchOutcome.NotSent) { Reason = reason };

    /// <summary>Sent in part or whole, and no answer.</summary>
    internal static BatchAnswer<T> InDoubt(string reason) => new(BatchOutcome.InDoubt) { Reason = reason };
}
