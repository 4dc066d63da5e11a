namespace LinkGateway.LoadBench.Processes;

/// <summary>Programs that some comparators are; without them their rows are left out.</summary>
static class Tools
{
    public static bool Has(string program, string package)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin");
        if (path.Any(folder => File.Exists(Path.Combine(folder, program)))) return true;
        Console.WriteLine($"Without {program} (Debian package {package}); its rows are left out.");
        return false;
    }
}
