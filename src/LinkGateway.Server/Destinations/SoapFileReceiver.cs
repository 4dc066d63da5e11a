using LinkGateway.Client.Batch;
using LinkGateway.Client.Receivers;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Core.Delivery;
using static LinkGateway.Server.Destinations.GatewayPeer;

namespace LinkGateway.Server.Destinations;

/// <summary>A receiving system, spoken to by batch receiver SOAP. Only translates. Thread-safe.</summary>
/// <param name="client">The client of its service.</param>
sealed class SoapFileReceiver(ReceiverClient client) : IFileReceiver
{
    public ValueTask<PeerAnswer<FileResult>> SubmitFileAsync(
        SubmitFileRequest request, PayloadContent content, CancellationToken cancellationToken) =>
        TranslateAsync(client.SubmitFileAsync(request, new UploadContent(content.Length, content.ReadAsync), cancellationToken));

    public ValueTask<PeerAnswer<FileResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.OpenTransferAsync(request, cancellationToken));

    public ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, PayloadContent content, CancellationToken cancellationToken) =>
        TranslateAsync(client.PutChunkAsync(request, new UploadContent(content.Length, content.ReadAsync), cancellationToken));

    public ValueTask<PeerAnswer<FileResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.CommitTransferAsync(request, cancellationToken));

    public ValueTask<PeerAnswer<FileResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.GetTransferStatusAsync(request, cancellationToken));
}
