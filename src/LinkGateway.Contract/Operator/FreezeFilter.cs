namespace LinkGateway.Contract.Operator;

/// <summary>Which transfers a freeze keeps: those to which all that is stated applies. At least one thing is stated.</summary>
public sealed record FreezeFilter
{
    /// <summary>Origin.</summary>
    public string? Origin { get; init; }

    /// <summary>The origin's id of the transfer; only together with <see cref="Origin"/>.</summary>
    public string? TransferId { get; init; }

    /// <summary>Interface.</summary>
    public string? InterfaceId { get; init; }

    /// <summary>Receiver.</summary>
    public string? Receiver { get; init; }

    /// <summary>Opened at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Opened before this instant.</summary>
    public DateTimeOffset? Until { get; init; }
}
