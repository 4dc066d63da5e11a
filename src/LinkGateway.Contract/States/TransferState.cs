namespace LinkGateway.Contract.States;

/// <summary>State of a transfer at one gateway (DESIGN section 5). The names are the wire values.</summary>
public enum TransferState
{
    /// <summary>Being taken in.</summary>
    Open,

    /// <summary>All chunks are there; the whole file's digest is still being computed.</summary>
    Verifying,

    /// <summary>Safe here; the accepted receipt is issued.</summary>
    Accepted,

    /// <summary>Refused; the reason stays queryable.</summary>
    Rejected,

    /// <summary>Withdrawn by its origin or an operator.</summary>
    Cancelled,

    /// <summary>Not finished before <c>expiresAt</c>.</summary>
    Expired,
}
