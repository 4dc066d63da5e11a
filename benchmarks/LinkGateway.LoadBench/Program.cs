using LinkGateway.LoadBench;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;
using LinkGateway.LoadBench.Scenarios;

// dotnet run -c Release --project benchmarks/LinkGateway.LoadBench -- [--quick] [--only SCENARIO] [--disk FOLDER] [--json FILE]
// Inside a run the program also starts itself as the comparator (--serve bare …) and as the receiver of calls (--serve backend …).
if (args is ["--serve", "bare", ..])
{
    await BareEndpoint.RunAsync(args);
    return 0;
}

if (args is ["--serve", "backend", ..])
{
    await BareBackend.RunAsync(args);
    return 0;
}

if (BenchOptions.Parse(args) is not { } options) return 2;
List<ScenarioResult> results = [];
if (options.Wants("intake")) results.AddRange(await IntakeScenario.RunAsync(options));
if (options.Wants("memory")) results.AddRange(await MemoryScenario.RunAsync(options));
if (options.Wants("sender-wan")) results.AddRange(await SenderScenario.RunAsync(options));
if (options.Wants("relay-attachment")) results.AddRange(await RelayAttachmentScenario.RunAsync(options));
List<CallResult> calls = [];
if (options.Wants("relay")) calls.AddRange(await RelayScenario.RunAsync(options));
if (options.Wants("relay-busy")) calls.AddRange(await RelayBusyScenario.RunAsync(options));
if (results.Count > 0) ResultTable.Print(results);
if (calls.Count > 0) CallTable.Print(calls);
if (options.JsonFile is { } file) await ResultTable.WriteJsonAsync([.. results, .. calls], file);
return 0;
