namespace LinkGateway.Testing.Files;

/// <summary>Where the sources lie that tests compare with.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LinkGateway.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
