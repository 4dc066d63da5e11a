using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Pull;

namespace LinkGateway.Server.Destinations;

/// <summary>The bytes of a fetch from another gateway, as Core reads them.</summary>
/// <param name="content">The bytes on the wire; disposed with this.</param>
sealed class FetchedChunk(FetchedContent content) : IFetchedContent
{
    public FetchResult Result => content.Result;

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        content.ReadAsync(buffer, cancellationToken);

    public ValueTask DisposeAsync() => content.DisposeAsync();
}
