using System.Security.Cryptography.X509Certificates;
using LinkGateway.Client.Sending;

namespace LinkGateway.Client.Receiving;

/// <summary>How an <see cref="InboxReceiver"/> receives.</summary>
public sealed record InboxReceiverOptions
{
    /// <summary>The receiver whose inbox it is; null means the caller.</summary>
    public string? Receiver { get; init; }

    /// <summary>Only files of this interface; null means all.</summary>
    public string? InterfaceId { get; init; }

    /// <summary>Most files begun in one round. Default 1,000.</summary>
    public int MaxFiles { get; init; } = 1_000;

    /// <summary>What happens when a file of the same name is there already.</summary>
    public WhenExists WhenExists { get; init; } = WhenExists.Refuse;

    /// <summary>Earlier files of a name that are kept when it is replaced, as <c>name.1</c> and so on. Default none.</summary>
    public int Generations { get; init; }

    /// <summary>
    /// Certificates of the gateways whose accepted receipts are believed; with one at least, a file without such a receipt is not
    /// received. Empty verifies none.
    /// </summary>
    public IReadOnlyList<X509Certificate2> ReceiptTrust { get; init; } = [];

    /// <summary>What runs when a file is in its place and the gateway knows; its result is reported. Null for nothing.</summary>
    public IReceivingJob? Job { get; init; }

    /// <summary>What runs when a file cannot be received, or the job refused it. Null for nothing.</summary>
    public IReceivingJob? ErrorJob { get; init; }

    /// <summary>Keeps a receipt that the gateway issued; called before it counts as received. Null keeps none.</summary>
    public Action<IssuedReceipt>? KeepReceipt { get; init; }

    /// <summary>How failed calls are repeated.</summary>
    public RetryOptions Retry { get; init; } = new();
}
