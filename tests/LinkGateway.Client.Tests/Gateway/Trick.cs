using LinkGateway.Contract.Errors;

namespace LinkGateway.Client.Gateway;

/// <summary>What the fake gateway does wrong with one call.</summary>
abstract record Trick
{
    /// <summary>The connection breaks while the content is being read; nothing is kept.</summary>
    public sealed record BreakInContent : Trick;

    /// <summary>The call is carried out, and the connection breaks before the answer.</summary>
    public sealed record LoseAnswer : Trick;

    /// <summary>The call is carried out, its answer waits until the caller has gone.</summary>
    public sealed record NeverAnswer : Trick;

    /// <summary>The call is refused.</summary>
    public sealed record Refuse(Refusal Refusal) : Trick;

    /// <summary>What came in of a chunk is not what was sent: one byte is another.</summary>
    public sealed record Corrupt : Trick;

    /// <summary>A commit is answered with <c>Verifying</c>.</summary>
    public sealed record Verify : Trick;

    /// <summary>A commit is answered with a receipt of other bytes.</summary>
    public sealed record WrongReceipt : Trick;

    /// <summary>Something of the test's own happens before the call is carried out.</summary>
    public sealed record Run(Action Action) : Trick;
}
