using System.Security.Cryptography;
using System.Text;

namespace LinkGateway.LoadBench.Load;

/// <summary>A file of CSV-like lines to be sent, in a memory-backed folder so that reading it costs little.</summary>
sealed class BodyFile : IDisposable
{
    BodyFile(string path, long size, string sha256) => (Path, Size, Sha256) = (path, size, sha256);

    public string Path { get; }

    public long Size { get; }

    public string Sha256 { get; }

    public static BodyFile Make(string folder, long size)
    {
        var path = System.IO.Path.Combine(folder, $"linkgateway-bench-{Environment.ProcessId}-{size}.csv");
        var block = new byte[1 << 20];
        var line = Encoding.ASCII.GetBytes(
            "\"142051\",\"000100000001\",\"1-2-3\",\"12-4\",\"RC\",\"123.45\",\"1998\",\"12345678\",\"2026-04-01\"\r\n");
        for (var i = 0; i < block.Length; i++) block[i] = line[i % line.Length];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var file = File.Create(path))
        {
            for (long left = size; left > 0; left -= block.Length)
            {
                BitConverter.TryWriteBytes(block.AsSpan(16), left);
                var part = block.AsSpan(0, (int)Math.Min(block.Length, left));
                hash.AppendData(part);
                file.Write(part);
            }
        }

        return new BodyFile(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public void Dispose() => File.Delete(Path);
}
