using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Pull;

namespace LinkGateway.Server.Destinations;

/// <summary>The inbox of another gateway, spoken to by batch SOAP. Only translates. Thread-safe.</summary>
/// <param name="client">The client of its batch service.</param>
sealed class InboxPeer(BatchClient client) : IInboxPeer
{
    public async ValueTask<PeerAnswer<ListInboxResult>> ListInboxAsync(ListInboxRequest request, CancellationToken cancellationToken)
    {
        var answer = await client.ListInboxAsync(request, cancellationToken);
        return answer.ToPeer(answer.Value);
    }

    public async ValueTask<PeerAnswer<IFetchedContent>> FetchChunkAsync(FetchChunkRequest request, CancellationToken cancellationToken)
    {
        var answer = await client.FetchChunkAsync(request, cancellationToken);
        return answer.ToPeer<FetchedContent, IFetchedContent>(answer.Value is { } content ? new FetchedChunk(content) : null);
    }

    public async ValueTask<PeerAnswer<ConfirmReceiptResult>> ConfirmReceiptAsync(
        ConfirmReceiptRequest request, CancellationToken cancellationToken)
    {
        var answer = await client.ConfirmReceiptAsync(request, cancellationToken);
        return answer.ToPeer(answer.Value);
    }
}
