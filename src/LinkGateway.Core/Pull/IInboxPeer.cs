using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Core.Pull;

/// <summary>The inbox of another gateway, spoken to in batch messages. Adapters only translate. Thread-safe.</summary>
public interface IInboxPeer
{
    /// <summary>Asks what waits there; it waits for the first item as the request says.</summary>
    ValueTask<PeerAnswer<ListInboxResult>> ListInboxAsync(ListInboxRequest request, CancellationToken cancellationToken);

    /// <summary>Fetches a range; the value is read as it comes, and must be disposed.</summary>
    ValueTask<PeerAnswer<IFetchedContent>> FetchChunkAsync(FetchChunkRequest request, CancellationToken cancellationToken);

    /// <summary>Tells what became of a fetched file.</summary>
    ValueTask<PeerAnswer<ConfirmReceiptResult>> ConfirmReceiptAsync(ConfirmReceiptRequest request, CancellationToken cancellationToken);
}
