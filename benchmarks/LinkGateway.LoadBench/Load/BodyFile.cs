using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LinkGateway.LoadBench.Processes;

namespace LinkGateway.LoadBench.Load;

/// <summary>A file of CSV-like lines to be sent, in a memory-backed folder so that reading it costs little.</summary>
sealed class BodyFile : IDisposable
{
    /// <summary>Size of the chunks whose digests are known.</summary>
    public const int ChunkSize = 16 << 20;

    BodyFile(string path, long size, string sha256, IReadOnlyList<string> chunks)
    {
        (Path, Size, Sha256, ChunkDigests) = (path, size, sha256, chunks);
        CleanUp.Add(this, Delete);
    }

    public string Path { get; }

    /// <summary>The same as base64 in lines of 76 characters, once <see cref="MakeBase64"/> was called.</summary>
    public string Base64Path => Path + ".base64";

    public long Size { get; }

    public string Sha256 { get; }

    public IReadOnlyList<string> ChunkDigests { get; }

    public static BodyFile Make(string folder, long size)
    {
        var path = System.IO.Path.Combine(folder, $"linkgateway-bench-{Guid.NewGuid():N}.csv");
        var block = new byte[1 << 20];
        var line = Encoding.ASCII.GetBytes(
            "\"142051\",\"000100000001\",\"1-2-3\",\"12-4\",\"RC\",\"123.45\",\"1998\",\"12345678\",\"2026-04-01\"\r\n");
        for (var i = 0; i < block.Length; i++) block[i] = line[i % line.Length];
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<string> chunks = [];
        using (var file = File.Create(path))
        {
            for (long left = size; left > 0; left -= block.Length)
            {
                BitConverter.TryWriteBytes(block.AsSpan(16), left);
                var part = block.AsSpan(0, (int)Math.Min(block.Length, left));
                whole.AppendData(part);
                chunk.AppendData(part);
                file.Write(part);
                if (file.Position % ChunkSize == 0 || file.Position == size) chunks.Add(Convert.ToHexStringLower(chunk.GetHashAndReset()));
            }
        }

        return new BodyFile(path, size, Convert.ToHexStringLower(whole.GetHashAndReset()), chunks);
    }

    public void MakeBase64()
    {
        const int LineBytes = 57;
        using var source = File.OpenRead(Path);
        using var target = File.Create(Base64Path);
        var bytes = new byte[LineBytes << 12];
        var line = new byte[78];
        int length;
        while ((length = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0)
        {
            for (var start = 0; start < length; start += LineBytes)
            {
                Base64.EncodeToUtf8(bytes.AsSpan(start, Math.Min(LineBytes, length - start)), line, out _, out var written);
                line[written] = (byte)'\r';
                line[written + 1] = (byte)'\n';
                target.Write(line, 0, written + 2);
            }
        }
    }

    public void Dispose()
    {
        Delete();
        CleanUp.Done(this);
    }

    void Delete()
    {
        File.Delete(Path);
        File.Delete(Base64Path);
    }
}
