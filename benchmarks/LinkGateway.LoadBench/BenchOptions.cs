namespace LinkGateway.LoadBench;

/// <summary>The command line.</summary>
sealed record BenchOptions(bool Quick, string? Only, string? JsonFile, string DiskFolder, string MemoryFolder)
{
    static readonly string[] Scenarios = ["intake", "memory", "sender-wan", "relay", "relay-busy", "relay-attachment"];

    public bool Wants(string scenario) => Only is null || Only == scenario;

    public static BenchOptions? Parse(string[] args)
    {
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var options = new BenchOptions(false, null, null, Path.GetTempPath(), memory);
        for (var i = 0; i < args.Length; i++)
        {
            var next = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--quick":
                    options = options with { Quick = true };
                    break;
                case "--only" when next is not null && Scenarios.Contains(next):
                    options = options with { Only = next };
                    i++;
                    break;
                case "--json" when next is not null:
                    options = options with { JsonFile = next };
                    i++;
                    break;
                case "--disk" when next is not null:
                    options = options with { DiskFolder = next };
                    i++;
                    break;
                default:
                    Console.Error.WriteLine(
                        $"Usage: LoadBench [--quick] [--only {string.Join('|', Scenarios)}] [--disk FOLDER] [--json FILE]");
                    return null;
            }
        }

        return options;
    }
}
