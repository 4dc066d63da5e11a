namespace LinkGateway.Client.Batch;

/// <summary>Hands out the bytes of a content while they are sent.</summary>
/// <param name="position">Where to read, in bytes from the beginning of the content; it only grows within one call of an operation.</param>
/// <param name="buffer">Where the bytes go; never empty.</param>
/// <param name="cancellationToken">Cancelled when the call is given up.</param>
/// <returns>The number of bytes read, 1 to the buffer's length; 0 where the content ended too early, which breaks the call off.</returns>
public delegate ValueTask<int> ContentSource(long position, Memory<byte> buffer, CancellationToken cancellationToken);
