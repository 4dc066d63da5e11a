namespace LinkGateway.Contract.Watching;

/// <summary>How it is known that a file in a watched folder is whole, and will not be written to any more.</summary>
public enum CompleteRule
{
    /// <summary>Its size and its time have not changed for a while.</summary>
    Stable,

    /// <summary>Another file says so, written after it: its name with a suffix.</summary>
    Marker,

    /// <summary>It has its name: whoever writes it gives it another name until it is whole, and then renames it.</summary>
    Name,
}
