using System.Net;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// From the start of the process until it takes transfers, with an empty journal and with one of 5 million rows. Its keys are there
/// already; the files may be in the system's cache.
/// </summary>
static class StartScenario
{
    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        var rows = options.Quick ? 100_000 : 5_000_000;
        using var folder = BenchFolder.Make(options.DiskFolder);
        using var empty = new GatewayUnderTest("gw-empty", Path.Combine(folder.Path, "empty"));
        using var full = new GatewayUnderTest("gw-full", Path.Combine(folder.Path, "full"));
        await JournalRows.AddAsync(full.JournalFile, rows / JournalRows.PerTransfer, waiting: false);
        var rounds = new Rounds("start");
        rounds.Add("empty journal", Measure.Duration, () => StartAsync(empty));
        rounds.Add($"{rows:N0} rows", Measure.Duration, () => StartAsync(full), "empty journal");
        return await rounds.RunAsync(options, 9);
    }

    static async Task<Sample> StartAsync(GatewayUnderTest gateway)
    {
        using var client = new HttpClient();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await gateway.StartAsync(new GatewaySetup());
        while (!await IsReadyAsync()) await Task.Delay(5);
        clock.Stop();
        var sample = new Sample(
            1, clock.Elapsed.TotalSeconds, ProcessMeter.CpuSeconds(gateway.ProcessId), ProcessMeter.PeakMemory(gateway.ProcessId));
        gateway.Stop();
        return sample;

        async Task<bool> IsReadyAsync()
        {
            using var answer = await client.GetAsync(new Uri(gateway.Address + "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
    }
}
