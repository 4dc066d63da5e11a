using System.Diagnostics;
using LinkGateway.Client.Sending;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// The sender over HTTPS through a line of 50 ms round trip and 50 MB/s, until the accepted receipt is there: the number of chunks in
/// flight as it finds it, beside one chunk at a time. Memory and CPU are this process's, the line included.
/// </summary>
static class SenderScenario
{
    public const double BytesPerSecond = 50e6;

    static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<ScenarioResult>> RunAsync(BenchOptions options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.DiskFolder, $"linkgateway-bench-{Environment.ProcessId}")).FullName;
        try
        {
            using var body = BodyFile.Make(options.MemoryFolder, options.Quick ? 256L << 20 : 1L << 30);
            using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder, "gw"));
            await gateway.StartAsync(https: true);
            using var line = new WideAreaLine(new Uri(gateway.Address).Port, RoundTrip, BytesPerSecond);
            List<ScenarioResult> results = [];
            foreach (var chunkSize in new[] { 1L << 20, 16L << 20 })
            {
                List<Sample> adaptive = [], single = [];
                for (var round = 0; round < 3; round++)
                {
                    adaptive.Add(await SendAsync(gateway, line, body, chunkSize, new FileSenderOptions()));
                    single.Add(await SendAsync(gateway, line, body, chunkSize, new FileSenderOptions { MaxInFlight = 1 }));
                }

                var name = $"sender-wan, chunks of {chunkSize >> 20} MiB";
                results.Add(new ScenarioResult(name, "in flight by goodput, at most 8", body.Size, adaptive, "one in flight"));
                results.Add(new ScenarioResult(name, "one in flight", body.Size, single, null));
            }

            foreach (var result in results)
                Console.WriteLine($"{result.Scenario}, {result.Variant}: {result.MedianRate * 1e6 / BytesPerSecond:F2} of the line");
            return results;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Sample> SendAsync(
        GatewayUnderTest gateway, WideAreaLine line, BodyFile body, long chunkSize, FileSenderOptions options)
    {
        using var client = Connection.Open(gateway, line.Port);
        var order = new SendOrder { Manifest = RawSender.Manifest($"{Guid.NewGuid()}"), FilePath = body.Path, ChunkSize = chunkSize };
        ProcessMeter.ResetPeak(Environment.ProcessId);
        var cpu = ProcessMeter.CpuSeconds(Environment.ProcessId);
        var clock = Stopwatch.StartNew();
        var outcome = await new FileSender(client.Batch, options).SendAsync(order, progress: null, CancellationToken.None);
        clock.Stop();
        if (outcome.Accepted?.Sha256.ToString() != body.Sha256)
            throw new InvalidOperationException($"The transfer ended otherwise: {outcome}");
        var sample = new Sample(
            clock.Elapsed.TotalSeconds,
            ProcessMeter.CpuSeconds(Environment.ProcessId) - cpu,
            ProcessMeter.PeakMemory(Environment.ProcessId));
        await gateway.ClearAsync();
        return sample;
    }
}
