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
    const double BytesPerSecond = 50e6;
    static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        using var folder = BenchFolder.Make(options.DiskFolder);
        using var body = BodyFile.Make(options.MemoryFolder, options.Quick ? 64L << 20 : 1L << 30);
        using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw"));
        await gateway.StartAsync(new GatewaySetup { Https = true });
        using var line = new WideAreaLine(new Uri(gateway.Address).Port, RoundTrip, BytesPerSecond);
        List<Result> results = [];
        foreach (var chunkSize in options.Quick ? [16L << 20] : new[] { 1L << 20, 16L << 20 })
        {
            var rounds = new Rounds($"sender-wan, chunks of {chunkSize >> 20} MiB");
            rounds.Add("in flight by goodput, at most 8", Measure.Bytes, () => SendAsync(8, chunkSize), "one in flight");
            rounds.Add("one in flight", Measure.Bytes, () => SendAsync(1, chunkSize));
            results.AddRange(await rounds.RunAsync(options, 3, warmUp: false));
        }

        foreach (var result in results)
            Console.WriteLine($"{result.Scenario}, {result.Variant}: {result.MedianValue * 1e6 / BytesPerSecond:F2} of the line");
        return results;

        async Task<Sample> SendAsync(int inFlight, long chunkSize)
        {
            using var client = Connection.Open(gateway, port: line.Port);
            var order = new SendOrder
            {
                Manifest = Envelopes.Manifest($"{Guid.NewGuid()}", GatewayUnderTest.ToInbox),
                FilePath = body.Path,
                ChunkSize = chunkSize,
            };
            var sender = new FileSender(client.Batch, new FileSenderOptions { MaxInFlight = inFlight });
            var sample = await Measured.RunAsync(Environment.ProcessId, body.Size, async () =>
            {
                var outcome = await sender.SendAsync(order, progress: null, CancellationToken.None);
                if (outcome.Accepted?.Sha256.ToString() != body.Sha256)
                    throw new InvalidOperationException($"The transfer ended otherwise: {outcome}");
            });
            gateway.Clear();
            return sample;
        }
    }
}
