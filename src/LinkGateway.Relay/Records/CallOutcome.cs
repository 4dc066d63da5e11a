namespace LinkGateway.Relay.Records;

/// <summary>How a call ended.</summary>
public enum CallOutcome
{
    /// <summary>The caller went away, or the answer broke off, before it had all.</summary>
    Broken,

    /// <summary>The receiver's answer was passed on.</summary>
    Answered,

    /// <summary>The receiver's fault was passed on.</summary>
    Fault,

    /// <summary>The message is stored and will be delivered.</summary>
    Stored,

    /// <summary>The gateway refused it: the sender's doing.</summary>
    RefusedSender,

    /// <summary>The gateway refused it: its own trouble.</summary>
    RefusedGateway,

    /// <summary>The gateway refused it: the receiver's trouble.</summary>
    RefusedReceiver,
}
