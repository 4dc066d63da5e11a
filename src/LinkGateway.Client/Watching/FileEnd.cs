namespace LinkGateway.Client.Watching;

/// <summary>What becomes of a file in a watched folder when the gateway has it safe.</summary>
public enum FileEnd
{
    /// <summary>It stays; its state file knows that it was sent.</summary>
    Keep,

    /// <summary>It is moved into another folder.</summary>
    Move,

    /// <summary>It is deleted.</summary>
    Delete,
}
