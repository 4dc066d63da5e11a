using System.Diagnostics;
using LinkGateway.Client.Sending;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// Peak resident memory of both gateways of a two-hop transfer over HTTPS, 4 GiB against 256 MiB: fresh processes for every run, sizes in
/// alternation, files in chunks through the client library, until the delivered receipt is back.
/// </summary>
static class MemoryScenario
{
    public static async Task<IReadOnlyList<ScenarioResult>> RunAsync(BenchOptions options)
    {
        long[] sizes = options.Quick ? [64L << 20, 512L << 20] : [256L << 20, 4L << 30];
        var samples = sizes.ToDictionary(size => size, _ => (A: new List<Sample>(), B: new List<Sample>()));
        for (var round = 0; round < (options.Quick ? 2 : 5); round++)
        {
            foreach (var size in sizes)
            {
                var (a, b) = await TransferAsync(options, size);
                samples[size].A.Add(a);
                samples[size].B.Add(b);
                Console.WriteLine(
                    $"memory {size >> 20} MiB: entry {a.PeakBytes >> 20} MiB, receiver {b.PeakBytes >> 20} MiB, "
                        + $"{size / a.Seconds / 1e6:F0} MB/s");
            }
        }

        return
        [
            .. sizes.SelectMany(size => new[]
            {
                new ScenarioResult("memory", $"entry {size >> 20} MiB", size, samples[size].A, null),
                new ScenarioResult("memory", $"receiver {size >> 20} MiB", size, samples[size].B, null),
            }),
        ];
    }

    static async Task<(Sample A, Sample B)> TransferAsync(BenchOptions options, long size)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.DiskFolder, $"linkgateway-bench-{Environment.ProcessId}")).FullName;
        try
        {
            using var body = BodyFile.Make(options.MemoryFolder, size);
            using var a = new GatewayUnderTest("gw-a", Path.Combine(folder, "a"));
            using var b = new GatewayUnderTest("gw-b", Path.Combine(folder, "b"));
            await a.MakeKeysAsync();
            await b.MakeKeysAsync();
            await b.StartAsync(https: true, previous: a);
            await a.StartAsync(https: true, next: b);
            var clock = Stopwatch.StartNew();
            await SendAsync(a, body);
            clock.Stop();
            return (Measure(a, clock), Measure(b, clock));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static Sample Measure(GatewayUnderTest gateway, Stopwatch clock) => new(
        clock.Elapsed.TotalSeconds, ProcessMeter.CpuSeconds(gateway.ProcessId), ProcessMeter.PeakMemory(gateway.ProcessId));

    static async Task SendAsync(GatewayUnderTest gateway, BodyFile body)
    {
        using var client = Connection.Open(gateway);
        var sender = new FileSender(client.Batch, new FileSenderOptions(), TimeProvider.System);
        var outcome = await sender.SendAsync(
            new SendOrder { Manifest = RawSender.Manifest($"memory-{body.Size}"), FilePath = body.Path, WaitFor = WaitFor.Delivered },
            progress: null,
            CancellationToken.None);
        if (outcome.Accepted?.Sha256.ToString() != body.Sha256)
            throw new InvalidOperationException($"The transfer ended otherwise: {outcome}");
    }
}
