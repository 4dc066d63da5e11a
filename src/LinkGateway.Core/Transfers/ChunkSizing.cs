using System.Numerics;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Transfers;

/// <summary>The rule of chunk sizes (DESIGN section 6): a power of two, chosen by the entry gateway and kept by later hops.</summary>
public static class ChunkSizing
{
    /// <summary>The chunk size for a transfer that begins here.</summary>
    /// <param name="proposal">What the sender proposes, in bytes.</param>
    /// <param name="size">Size of the file, or an upper bound of it; null when unknown.</param>
    /// <param name="limits">Bounds and defaults.</param>
    public static Outcome<long> Choose(long? proposal, long? size, LimitSettings limits)
    {
        if (proposal is <= 0) return new Refusal(ErrorCatalogue.FieldInvalid, "chunkSize", "it must be positive");
        var chunkSize = Math.Clamp(
            proposal is { } wish ? PowerOfTwo(wish) : size is null ? limits.ChunkSizeUndeclared : limits.ChunkSizeDefault,
            limits.ChunkSizeMin,
            limits.ChunkSizeMax);
        while (size > chunkSize * limits.MaxChunks && chunkSize < limits.ChunkSizeMax) chunkSize *= 2;
        return size > chunkSize * limits.MaxChunks
            ? new Refusal(
                ErrorCatalogue.LimitExceeded, $"size {size}", "limits.chunkSizeMax × limits.maxChunks", $"{chunkSize * limits.MaxChunks}")
            : chunkSize;
    }

    /// <summary>Checks the chunk size of a forward, which must be kept as it is.</summary>
    public static Outcome<long> Keep(long? chunkSize, LimitSettings limits) =>
        chunkSize is { } size && BitOperations.IsPow2(size) && size >= limits.ChunkSizeMin && size <= limits.ChunkSizeMax
            ? size
            : new Refusal(ErrorCatalogue.FieldInvalid, "chunkSize", "a forward must state the entry gateway's chunk size, a power of two "
                + $"from limits.chunkSizeMin = {limits.ChunkSizeMin} to limits.chunkSizeMax = {limits.ChunkSizeMax}");

    /// <summary>Length of a chunk in a file of <paramref name="size"/> bytes; 0 or less when the file ends before it.</summary>
    public static long LengthOf(int index, long chunkSize, long size) => Math.Min(chunkSize, size - (index * chunkSize));

    static long PowerOfTwo(long wish) => (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Min(wish, 1L << 40));
}
