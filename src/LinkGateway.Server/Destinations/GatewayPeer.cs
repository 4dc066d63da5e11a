using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Server.Destinations;

/// <summary>Another gateway, spoken to by batch SOAP. Only translates. Thread-safe.</summary>
/// <param name="client">The client of its batch service.</param>
sealed class GatewayPeer(BatchClient client) : IPeer
{
    public ValueTask<PeerAnswer<OpenTransferResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.OpenTransferAsync(request, cancellationToken));

    public ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, ChunkContent content, CancellationToken cancellationToken) =>
        TranslateAsync(client.PutChunkAsync(request, new UploadContent(content.Length, content.ReadAsync), cancellationToken));

    public ValueTask<PeerAnswer<AcceptResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.CommitTransferAsync(request, cancellationToken));

    public ValueTask<PeerAnswer<TransferStatusResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.GetTransferStatusAsync(request, cancellationToken));

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsAsync(GetReceiptsRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.GetReceiptsAsync(request, cancellationToken));

    public ValueTask<PeerAnswer<CancelResult>> CancelTransferAsync(CancelTransferRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.CancelTransferAsync(request, cancellationToken));

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsSinceAsync(
        GetReceiptsSinceRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.GetReceiptsSinceAsync(request, cancellationToken));

    /// <summary>What came of a call, in Core's words.</summary>
    internal static async ValueTask<PeerAnswer<T>> TranslateAsync<T>(ValueTask<BatchAnswer<T>> call)
        where T : class
    {
        var answer = await call;
        return answer.ToPeer(answer.Value);
    }
}
