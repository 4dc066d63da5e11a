using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Pull;

namespace LinkGateway.Server.Destinations;

/// <summary>An inbox that cannot be called because the credentials cannot be had: nothing is sent, and every answer says why.</summary>
/// <param name="reason">What is wrong.</param>
sealed class UnusableInbox(string reason) : IInboxPeer
{
    public ValueTask<PeerAnswer<ListInboxResult>> ListInboxAsync(ListInboxRequest request, CancellationToken cancellationToken) =>
        NotSent<ListInboxResult>();

    public ValueTask<PeerAnswer<IFetchedContent>> FetchChunkAsync(FetchChunkRequest request, CancellationToken cancellationToken) =>
        NotSent<IFetchedContent>();

    public ValueTask<PeerAnswer<ConfirmReceiptResult>> ConfirmReceiptAsync(
        ConfirmReceiptRequest request, CancellationToken cancellationToken) =>
        NotSent<ConfirmReceiptResult>();

    ValueTask<PeerAnswer<T>> NotSent<T>()
        where T : class => ValueTask.FromResult(new PeerAnswer<T> { Outcome = PeerOutcome.NotSent, Text = reason });
}
