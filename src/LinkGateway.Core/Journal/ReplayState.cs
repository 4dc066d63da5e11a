namespace LinkGateway.Core.Journal;

/// <summary>How far an order to replay is.</summary>
public enum ReplayState
{
    /// <summary>Its deliveries get their turn, one after the other.</summary>
    Running,

    /// <summary>Every delivery has had its turn.</summary>
    Done,

    /// <summary>An operator has stopped it.</summary>
    Stopped,
}
