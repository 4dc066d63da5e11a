using LinkGateway.Client.Sending;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// Peak resident memory of both gateways of a two-hop transfer over HTTPS, 8 GiB against 256 MiB: fresh processes for every run, sizes in
/// alternation, files in chunks through the client library, until the delivered receipt is back.
/// </summary>
static class MemoryScenario
{
    const string Name = "memory";

    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        long[] sizes = options.Quick ? [16L << 20, 128L << 20] : [256L << 20, 8L << 30];
        List<(long Size, Sample Entry, Sample Last)> runs = [];
        for (var round = 0; round < options.Rounds(5); round++)
        {
            foreach (var size in sizes) runs.Add(await TransferAsync(options, size));
        }

        Result[] results = [Of("entry", run => run.Entry, 0), Of("entry", run => run.Entry, 1),
            Of("receiver", run => run.Last, 0), Of("receiver", run => run.Last, 1)];
        foreach (var (small, large) in new[] { (results[0], results[1]), (results[2], results[3]) })
        {
            Console.WriteLine(
                $"{large.Variant}: {large.MedianMemoryMiB - small.MedianMemoryMiB:F1} MiB more than for {sizes[0] >> 20} MiB; highest peak "
                + $"{large.Samples.Concat(small.Samples).Max(sample => sample.MemoryBytes) / (double)(1 << 20):F1} MiB");
        }

        return results;

        Result Of(string gateway, Func<(long Size, Sample Entry, Sample Last), Sample> sample, int size) => new(
            Name, $"{gateway} {sizes[size] >> 20} MiB", Measure.Bytes,
            [.. runs.Where(run => run.Size == sizes[size]).Select(sample)]);
    }

    static async Task<(long Size, Sample Entry, Sample Last)> TransferAsync(BenchOptions options, long size)
    {
        using var folder = BenchFolder.Make(options.DiskFolder);
        using var body = BodyFile.Make(options.MemoryFolder, size);
        using var entry = new GatewayUnderTest("gw-a", Path.Combine(folder.Path, "a"));
        using var last = new GatewayUnderTest("gw-b", Path.Combine(folder.Path, "b"));
        await entry.MakeKeysAsync();
        await last.MakeKeysAsync();
        await last.StartAsync(new GatewaySetup { Https = true, Previous = entry });
        await entry.StartAsync(new GatewaySetup { Https = true, Next = last });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await SendAsync(entry, body);
        clock.Stop();
        return (size, Measured(entry), Measured(last));

        Sample Measured(GatewayUnderTest gateway) => new(
            size, clock.Elapsed.TotalSeconds, ProcessMeter.CpuSeconds(gateway.ProcessId), ProcessMeter.PeakMemory(gateway.ProcessId));
    }

    static async Task SendAsync(GatewayUnderTest gateway, BodyFile body)
    {
        using var client = Connection.Open(gateway);
        var sender = new FileSender(client.Batch, new FileSenderOptions(), TimeProvider.System);
        var outcome = await sender.SendAsync(
            new SendOrder
            {
                Manifest = Envelopes.Manifest($"{Guid.NewGuid()}", GatewayUnderTest.ToFolder),
                FilePath = body.Path,
                WaitFor = WaitFor.Delivered,
            },
            progress: null,
            CancellationToken.None);
        if (outcome.Accepted?.Sha256.ToString() != body.Sha256)
            throw new InvalidOperationException($"The transfer ended otherwise: {outcome}");
    }
}
