using System.Security.Cryptography;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>A folder that goes with the test.</summary>
sealed class TempFolder : IDisposable
{
    public TempFolder() => Root = Directory.CreateTempSubdirectory("linkgateway-e2e-").FullName;

    public string Root { get; }

    /// <summary>Makes a folder in it, or finds it.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    /// <summary>Writes a file of bytes that repeat nothing, the same for the same seed.</summary>
    public string File(string name, int size, int seed = 1)
    {
        var path = Path.Combine(Folder("outbox"), name);
        System.IO.File.WriteAllBytes(path, Bytes(size, seed));
        return path;
    }

    /// <summary>Bytes that repeat nothing, the same for the same seed.</summary>
    public static byte[] Bytes(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>SHA-256 of a file, in the form of receipts and control files.</summary>
    public static string Sha256(string path)
    {
        using var stream = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
