using LinkGateway.LoadBench;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;
using LinkGateway.LoadBench.Scenarios;

// dotnet run -c Release --project benchmarks/LinkGateway.LoadBench -- [--quick] [--only intake|memory] [--json FILE]
// Inside a run the program also starts itself as the comparator: --serve bare …
if (args is ["--serve", "bare", ..])
{
    await BareEndpoint.RunAsync(args);
    return 0;
}

if (BenchOptions.Parse(args) is not { } options) return 2;
List<ScenarioResult> results = [];
if (options.Wants("intake")) results.AddRange(await IntakeScenario.RunAsync(options));
if (options.Wants("memory")) results.AddRange(await MemoryScenario.RunAsync(options));
ResultTable.Print(results);
if (options.JsonFile is { } file) await ResultTable.WriteJsonAsync(results, file);
return 0;
