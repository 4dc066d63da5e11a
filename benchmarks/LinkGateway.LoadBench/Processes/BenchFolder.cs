namespace LinkGateway.LoadBench.Processes;

/// <summary>A folder for one scenario; goes with its owner.</summary>
sealed class BenchFolder : IDisposable
{
    BenchFolder(string path)
    {
        Path = path;
        CleanUp.Add(this, Delete);
    }

    public string Path { get; }

    public static BenchFolder Make(string parent) =>
        new(Directory.CreateDirectory(System.IO.Path.Combine(parent, $"linkgateway-bench-{Guid.NewGuid():N}")).FullName);

    public void Dispose()
    {
        Delete();
        CleanUp.Done(this);
    }

    void Delete() => Directory.Delete(Path, recursive: true);
}
