using LinkGateway.Contract.Messages;

namespace LinkGateway.Core.Pull;

/// <summary>Bytes that are being fetched. One caller at a time.</summary>
public interface IFetchedContent : IAsyncDisposable
{
    /// <summary>What the other gateway says of the bytes, and the lease.</summary>
    FetchResult Result { get; }

    /// <summary>Reads on; the end (0) is reported only when the bytes are whole and have the digest announced.</summary>
    /// <exception cref="IOException">They broke off, or are others.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}
