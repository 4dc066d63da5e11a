namespace LinkGateway.Core.Tests.Configuration;

/// <summary>Where the sources lie that tests compare with.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LinkGateway.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
