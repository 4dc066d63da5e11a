namespace LinkGateway.Cli;

/// <summary>How <c>linkgw</c> ends, for job schedulers. A value never changes its meaning (docs/cli.md).</summary>
static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Wrong arguments, profile, configuration or local file. Nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>Refused by the gateway, by the sender's fault: do not repeat unchanged.</summary>
    public const int Refused = 3;

    /// <summary>For the time being: repeat the same command later.</summary>
    public const int Temporary = 4;

    /// <summary>The file changed while it was being sent, or since.</summary>
    public const int FileChanged = 5;

    /// <summary>Accepted, but not delivered in time: repeat the same command to go on waiting.</summary>
    public const int NotDelivered = 6;

    /// <summary>Accepted, but a delivery failed.</summary>
    public const int DeliveryFailed = 7;

    /// <summary>A receipt is tampered with, not trusted, or not that of the file.</summary>
    public const int NotVerified = 8;

    /// <summary>Another attempt has taken the transfer over.</summary>
    public const int TakenOver = 9;

    /// <summary>Received, but for files that another is fetching: repeat the same command to see what became of them.</summary>
    public const int FetchedByAnother = 10;

    /// <summary>Ended by a signal (128 + SIGINT, whatever the signal was).</summary>
    public const int Cancelled = 130;

    // What needs a person comes before what the same command may mend.
    static readonly int[] WorstFirst =
        [NotVerified, DeliveryFailed, Refused, FileChanged, Usage, TakenOver, Temporary, NotDelivered, FetchedByAnother, Ok];

    /// <summary>The code for several ends together.</summary>
    public static int Worst(IEnumerable<int> codes) => codes.Append(Ok).MinBy(code => Array.IndexOf(WorstFirst, code));
}
