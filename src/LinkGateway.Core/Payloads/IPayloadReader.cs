namespace LinkGateway.Core.Payloads;

/// <summary>Reads ranges of one payload; ranges may be read in parallel.</summary>
public interface IPayloadReader : IAsyncDisposable
{
    /// <summary>Reads up to the buffer's length of plain bytes at <paramref name="offset"/>; 0 only at the end of what is stored.</summary>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);
}
