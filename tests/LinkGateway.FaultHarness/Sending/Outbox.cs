using System.Security.Cryptography;

namespace LinkGateway.FaultHarness.Sending;

/// <summary>Makes the files to send.</summary>
sealed class Outbox(string folder)
{
    /// <summary>Writes a file of bytes that repeat nothing.</summary>
    public OutgoingFile Write(string name, long size, Random random)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1 << 20];
        using (var file = File.Create(path))
        {
            for (var left = size; left > 0; left -= block.Length)
            {
                random.NextBytes(block);
                var part = block.AsSpan(0, (int)Math.Min(block.Length, left));
                file.Write(part);
                hash.AppendData(part);
            }
        }
        return new OutgoingFile { Path = path, Size = size, Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
    }
}
