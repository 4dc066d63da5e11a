namespace LinkGateway.Contract.Operator;

/// <summary>What an operator orders. The names, in camelCase, are the wire values.</summary>
public enum OrderKind
{
    /// <summary>It has reached the receiver: the operator found out there.</summary>
    SettleDelivered,

    /// <summary>It has not reached the receiver: it may be sent again, also elsewhere.</summary>
    SettleNotDelivered,

    /// <summary>Kept back until it is released.</summary>
    Hold,

    /// <summary>Tried again at once.</summary>
    Release,

    /// <summary>Withdrawn.</summary>
    Cancel,

    /// <summary>Replayed: taken up again, or copied (see <see cref="ReplayRequest"/>).</summary>
    Replay,

    /// <summary>
    /// Of files that keep an order: what waits for its turn goes at once, and what holds others up is waited for no more.
    /// </summary>
    Pass,

    /// <summary>Of files that keep an order: whatever of it has failed or was cancelled is waited for no more.</summary>
    PassAll,
}
