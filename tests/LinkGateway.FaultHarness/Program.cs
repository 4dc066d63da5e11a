using System.Runtime.InteropServices;
using LinkGateway.FaultHarness;
using LinkGateway.FaultHarness.Fixtures;
using LinkGateway.FaultHarness.Receiving;
using LinkGateway.FaultHarness.Running;
using LinkGateway.FaultHarness.Scenarios;

if (args is [TakerProcess.Verb, var folder, var work])
{
    await Taker.RunAsync(folder, work);
    return 0;
}

if (args is [JournalFixture.Verb, var target])
{
    await JournalFixture.WriteAsync(target);
    return 0;
}

// Without this a signal ends the process at once, and its children, disks and files stay behind.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));

if (HarnessOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(HarnessOptions.Usage);
    return 2;
}

if (options.List)
{
    foreach (var scenario in AllScenarios.List) Console.WriteLine(scenario.Name);
    return 0;
}

var chosen = AllScenarios.Chosen(options);
if (chosen.Count == 0)
{
    Console.Error.WriteLine("No scenario has that name; --list shows them.");
    return 2;
}

var home = Directory.CreateTempSubdirectory("linkgateway-faults-").FullName;
Console.WriteLine($"Seed {options.Seed}; everything lies in {home}");
var runner = new Runner(options, home);
List<ScenarioResult> results = [];
ResultTable.PrintHead();
foreach (var scenario in chosen)
{
    results.Add(await runner.RunAsync(scenario));
    ResultTable.Print(results[^1]);
}

runner.Dispose();
if (options.JsonFile is { } file) ResultTable.Write(file, options.Seed, results);
var failed = results.Count(result => !result.Passed);
if (failed == 0) Directory.Delete(home, recursive: true);
Console.WriteLine($"{results.Count(result => result.Passed && result.Skipped is null)} passed, {failed} failed");
return failed == 0 ? 0 : 1;
