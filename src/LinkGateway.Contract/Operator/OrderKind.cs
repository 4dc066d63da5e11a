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
}
