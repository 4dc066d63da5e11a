namespace LinkGateway.Contract.Errors;

/// <summary>A coded "no": what, where and what to do, from the one catalogue <see cref="ErrorCatalogue"/>.</summary>
/// <param name="Error">The catalogue entry.</param>
/// <param name="Arguments">Values for the placeholders of the entry's text, in order: field names, ids, limits. No payload, no
/// secret.</param>
public sealed record Refusal(ErrorEntry Error, params IReadOnlyList<string> Arguments)
{
    /// <summary>When the same request may be tried again; null when trying again unchanged is of no use or at once.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What went wrong here, for our own log; never goes to a partner.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The stable code, <c>LG-nnnn</c>.</summary>
    public string Code => Error.Code;

    /// <summary>Whose fault it is.</summary>
    public FaultSide Side => Error.Side;

    /// <summary>The English text with its values.</summary>
    public override string ToString() => $"{Code}: {Error.Text(Arguments, japanese: false)}";
}
