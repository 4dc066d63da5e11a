namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>What a receiver finds in its folder.</summary>
static class Landing
{
    /// <summary>Names of all that a receiver sees, in order.</summary>
    public static IReadOnlyList<string> Names(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Where(name => name != ".linkgw")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Asserts that the files landed whole and once, each with its control file, and that nothing unfinished is left.</summary>
    public static void HoldsOnly(string folder, params string[] sentFiles)
    {
        var names = sentFiles.Select(path => Path.GetFileName(path)).SelectMany(name => new[] { name, name + ".ctl.json" });
        Assert.Equal(names.Order(StringComparer.Ordinal), Names(folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder, ".linkgw")));
        foreach (var sent in sentFiles)
            Assert.Equal(TempFolder.Sha256(sent), TempFolder.Sha256(Path.Combine(folder, Path.GetFileName(sent))));
    }
}
