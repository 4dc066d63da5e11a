namespace LinkGateway.Interop.Tests.Tools;

/// <summary>A folder for the files of one test, gone after it.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkgateway-interop-");

    /// <summary>Writes a file and answers its path.</summary>
    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
