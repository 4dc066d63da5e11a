namespace LinkGateway.Contract.Notices;

/// <summary>How far the telling of a notice has come.</summary>
public enum NoticeStage
{
    /// <summary>Something is wrong: said at once, with who is affected as far as it is known.</summary>
    Opened,

    /// <summary>It still is: how much is affected, since when, and when it will be over where that can be said.</summary>
    Details,

    /// <summary>It was over and is there again; it stays the same notice.</summary>
    Reopened,

    /// <summary>It is over: how long it lasted.</summary>
    Resolved,

    /// <summary>Nothing is wrong: an operator tries whether notices arrive.</summary>
    Test,
}
