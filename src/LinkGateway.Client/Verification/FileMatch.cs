using System.Buffers;
using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Client.Verification;

/// <summary>Whether a file is the one that a receipt speaks of: size, SHA-256 and root of its chunks.</summary>
/// <param name="Difference">What differs first: <c>size</c>, <c>sha256</c> or <c>root</c>; null when nothing does.</param>
public sealed record FileMatch(string? Difference)
{
    const int BufferBytes = 256 * 1024;

    /// <summary>Whether it is.</summary>
    public bool Matches => Difference is null;

    /// <summary>Compares a file, reading it once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="receipt">What a verified receipt states.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, by missing rights.</exception>
    public static async ValueTask<FileMatch> OfAsync(string path, ReceiptContent receipt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan | FileOptions.Asynchronous);
        if (RandomAccess.GetLength(file) != receipt.Size) return new FileMatch("size");
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var root = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long offset = 0; offset < receipt.Size;)
            {
                // No piece reaches over the end of a chunk.
                var piece = (int)Math.Min(BufferBytes, receipt.ChunkSize - (offset % receipt.ChunkSize));
                var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, piece), offset, cancellationToken);
                if (read == 0) return new FileMatch("size");
                whole.AppendData(buffer, 0, read);
                chunk.AppendData(buffer, 0, read);
                offset += read;
                if (offset % receipt.ChunkSize == 0 || offset == receipt.Size) root.AppendData(chunk.GetHashAndReset());
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (new Sha256Digest(whole.GetHashAndReset()) != receipt.Sha256) return new FileMatch("sha256");
        return new FileMatch(new Sha256Digest(root.GetHashAndReset()) == receipt.Root ? null : "root");
    }
}
