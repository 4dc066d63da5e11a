using System.Diagnostics;
using LinkGateway.LoadBench;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;
using LinkGateway.LoadBench.Scenarios;

// dotnet run -c Release --project benchmarks/LinkGateway.LoadBench -- [--quick] [--only SCENARIO] [--rounds N] [--disk FOLDER]
//   [--json FILE]; the first part of a name, such as intake or relay, stands for all that begin so.
// Inside a run the program also starts itself as a comparator or as the receiver of calls (--serve ROLE …).
if (args is ["--serve", ..])
{
    await Comparator.RunAsync(args[1..]);
    return 0;
}

(string Name, Func<BenchOptions, Task<IReadOnlyList<Result>>> RunAsync)[] scenarios =
[
    ("receipts", ReceiptsScenario.RunAsync),
    ("intake-memory", IntakeScenario.RunInMemoryAsync),
    ("intake-disk", IntakeScenario.RunOnDiskAsync),
    ("intake-https", IntakeScenario.RunByHttpsAsync),
    ("intake-huge", IntakeScenario.RunHugeAsync),
    ("relay", RelayScenario.RunAsync),
    ("relay-attachment", RelayAttachmentScenario.RunAsync),
    ("forward", ForwardScenario.RunAsync),
    ("mix", MixScenario.RunAsync),
    ("many", ManyScenario.RunAsync),
    ("start", StartScenario.RunAsync),
    ("memory", MemoryScenario.RunAsync),
    ("sender-wan", SenderScenario.RunAsync),
    ("hosts", HostsScenario.RunAsync),
];
if (BenchOptions.Parse(args, [.. scenarios.Select(scenario => scenario.Name)]) is not { } options) return 2;
CleanUp.OnSignals();
List<Result> results = [];
var failed = 0;
foreach (var (name, runAsync) in scenarios.Where(scenario => options.Wants(scenario.Name)))
{
    var clock = Stopwatch.StartNew();
    try
    {
        var some = await runAsync(options);
        if (some.Count > 0) ResultTable.Print(some);
        results.AddRange(some);
    }
    catch (Exception error)
    {
        // The others are worth having all the same; the exit code tells.
        Console.WriteLine($"{name} failed: {error}");
        failed++;
    }

    Console.WriteLine($"\n{name}: {clock.Elapsed.TotalSeconds:F0} s\n");
}

if (options.JsonFile is { } file) await ResultTable.WriteJsonAsync(results, file);
return failed == 0 ? 0 : 1;
