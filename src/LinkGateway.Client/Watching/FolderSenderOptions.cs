using LinkGateway.Client.Sending;
using LinkGateway.Contract.Watching;

namespace LinkGateway.Client.Watching;

/// <summary>How a <see cref="FolderSender"/> works.</summary>
public sealed record FolderSenderOptions
{
    /// <summary>Which files are meant, and when one is whole.</summary>
    public WatchRules Rules { get; init; } = new();

    /// <summary>What becomes of a file that was sent.</summary>
    public FileEnd Afterwards { get; init; } = FileEnd.Keep;

    /// <summary>For <see cref="FileEnd.Move"/>: where files go that were sent, in the file system of the folder. It is made.</summary>
    public string? DoneFolder { get; init; }

    /// <summary>
    /// Where files go that were refused, with the reason beside them; in the file system of the folder. It is made. Null: they stay, and
    /// are tried again by the next process or when they change.
    /// </summary>
    public string? ErrorFolder { get; init; }

    /// <summary>Keeps the receipts of a file before it is moved or deleted; null keeps none. What it throws leaves the file.</summary>
    public Action<SendOutcome>? Keep { get; init; }

    /// <summary>Told of each step; may be null.</summary>
    public Action<SendStep>? AtStep { get; init; }
}
