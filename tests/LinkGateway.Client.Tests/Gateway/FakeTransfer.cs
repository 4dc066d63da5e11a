using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Gateway;

/// <summary>A transfer as the fake gateway keeps it.</summary>
sealed class FakeTransfer(Manifest manifest, long chunkSize)
{
    public Manifest Manifest => manifest;

    public long ChunkSize => chunkSize;

    public int Attempt { get; set; }

    public SortedDictionary<int, byte[]> Chunks { get; } = [];

    public ReceiptEntry? Receipt { get; set; }

    public byte[] Bytes => [.. Chunks.Values.SelectMany(chunk => chunk)];

    public List<ByteRange> Held => [.. Chunks.Select(chunk => new ByteRange(chunk.Key * chunkSize, chunk.Value.Length))];

    public Sha256Digest Root
    {
        get
        {
            using var root = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var chunk in Chunks.Values) root.AppendData(SHA256.HashData(chunk));
            return new Sha256Digest(root.GetHashAndReset());
        }
    }

    public List<ByteRange> Missing(long size)
    {
        var count = (int)((size + chunkSize - 1) / chunkSize);
        return [.. Enumerable.Range(0, count).Where(index => !Chunks.ContainsKey(index))
            .Select(index => new ByteRange(index * chunkSize, Math.Min(chunkSize, size - (index * chunkSize))))];
    }
}
