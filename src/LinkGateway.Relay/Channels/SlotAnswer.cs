namespace LinkGateway.Relay.Channels;

/// <summary>What became of asking for a turn.</summary>
enum SlotAnswer
{
    /// <summary>It is this call's turn, until it leaves.</summary>
    Entered,

    /// <summary>Too many wait already.</summary>
    QueueFull,

    /// <summary>The turn did not come in time.</summary>
    Overdue,

    /// <summary>Nobody waits for the call any more.</summary>
    CallerGone,
}
