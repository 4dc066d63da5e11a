using LinkGateway.Core.Payloads;

namespace LinkGateway.Storage.Files;

/// <summary>Reads ranges of a spool file.</summary>
sealed class SpoolReader(SpoolFileCache.Lease lease) : IPayloadReader
{
    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        lease.File.Handle.ReadAsync(offset, buffer, cancellationToken);

    public ValueTask DisposeAsync() => lease.DisposeAsync();
}
