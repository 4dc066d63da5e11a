namespace LinkGateway.FaultHarness.Receiving;

/// <summary>How the receiving system gets its files from the last gateway.</summary>
enum ReceiverKind
{
    /// <summary>They are published in a folder, out of which it takes them.</summary>
    Folder,

    /// <summary>It fetches them out of an inbox, by <c>linkgw receive</c>.</summary>
    Inbox,

    /// <summary>They are pushed to its service, at least once.</summary>
    Pushed,

    /// <summary>They are pushed to its service, at most once.</summary>
    PushedAtMostOnce,
}
