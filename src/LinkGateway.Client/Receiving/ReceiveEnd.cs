namespace LinkGateway.Client.Receiving;

/// <summary>How the receiving of a file ended, for this time.</summary>
public enum ReceiveEnd
{
    /// <summary>It lies in its place, and the gateway knows. There was no job to run.</summary>
    Received,

    /// <summary>The job took it over, and the gateway knows.</summary>
    Applied,

    /// <summary>The job refused it, and the gateway knows.</summary>
    Rejected,

    /// <summary>The job asks to be run again later.</summary>
    JobDeferred,

    /// <summary>Another is fetching it.</summary>
    Busy,

    /// <summary>Another has been given it meanwhile; what was fetched is discarded.</summary>
    LeaseLost,

    /// <summary>It was withdrawn meanwhile; what was fetched is discarded.</summary>
    Withdrawn,

    /// <summary>A file of its name is there already. It stays in the inbox.</summary>
    NameTaken,

    /// <summary>What came is not what the gateway announced. It stays in the inbox.</summary>
    Damaged,

    /// <summary>The entry gateway's receipt cannot be relied on, or is not of this file. It stays in the inbox.</summary>
    NotTrusted,

    /// <summary>The gateway refuses a call.</summary>
    Refused,

    /// <summary>The gateway was not reached, or had trouble of its own, at each try. The next round continues.</summary>
    Unavailable,
}
