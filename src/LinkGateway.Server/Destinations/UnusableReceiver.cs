using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Server.Destinations;

/// <summary>
/// A receiving system that cannot be called because its credentials cannot be had: nothing is sent, and every answer says why.
/// </summary>
/// <param name="reason">What is wrong.</param>
sealed class UnusableReceiver(string reason) : IFileReceiver
{
    public ValueTask<PeerAnswer<FileResult>> SubmitFileAsync(
        SubmitFileRequest request, PayloadContent content, CancellationToken cancellationToken) => NotSent<FileResult>();

    public ValueTask<PeerAnswer<FileResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        NotSent<FileResult>();

    public ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, PayloadContent content, CancellationToken cancellationToken) => NotSent<PutChunkResult>();

    public ValueTask<PeerAnswer<FileResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken) =>
        NotSent<FileResult>();

    public ValueTask<PeerAnswer<FileResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) => NotSent<FileResult>();

    ValueTask<PeerAnswer<T>> NotSent<T>()
        where T : class => ValueTask.FromResult(new PeerAnswer<T> { Outcome = PeerOutcome.NotSent, Text = reason });
}
