namespace LinkGateway.Client.Gateway;

/// <summary>A folder of the test's own, gone afterwards.</summary>
sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("linkgw-test-").FullName;

    public string File(string name, byte[] content)
    {
        var path = In(name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Bytes that no two chunks share.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
