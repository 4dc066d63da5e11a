namespace LinkGateway.Core.Configuration;

/// <summary>What becomes of a file in a watched folder when the gateway has it safe.</summary>
public enum AfterSending
{
    /// <summary>It stays, and is known: it is sent again only when its size or time changes.</summary>
    Keep,

    /// <summary>It is moved into doneFolder.</summary>
    Move,

    /// <summary>It is deleted.</summary>
    Delete,
}
