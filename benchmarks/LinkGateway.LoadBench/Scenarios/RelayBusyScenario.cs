using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>Small calls beside a bulk upload onto disk through the same gateway, and without it, in alternation.</summary>
static class RelayBusyScenario
{
    const int Seconds = 5;

    public static async Task<IReadOnlyList<CallResult>> RunAsync(BenchOptions options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.DiskFolder, $"linkgateway-bench-{Environment.ProcessId}")).FullName;
        try
        {
            using var body = BodyFile.Make(options.MemoryFolder, 2L << 30);
            var (backend, address) = await BareBackend.StartAsync(folder, largeBlocks: false);
            using var _ = backend;
            using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder, "gw"));
            await gateway.StartAsync(https: false, service: address);
            var calls = new Uri(gateway.Address + GatewayUnderTest.PlainService);
            await Wrk.RunAsync(calls, 2 * Seconds, gateway.ProcessId, folder);
            List<CallSample> alone = [], beside = [];
            for (var round = 0; round < (options.Quick ? 2 : 5); round++)
            {
                alone.Add(await Wrk.RunAsync(calls, Seconds, gateway.ProcessId, folder));
                var measured = Wrk.RunAsync(calls, Seconds, gateway.ProcessId, folder);
                var upload = UploadUntilAsync(measured, gateway, body, round);
                beside.Add(await measured);
                Console.WriteLine($"relay-busy: p99 {beside[^1].P99Milliseconds:F1} ms, upload of 2 GiB {await upload:F0} MB/s");
                Clear(gateway);
            }

            return
            [
                new CallResult("relay-busy", "beside an upload", beside, "alone"),
                new CallResult("relay-busy", "alone", alone, null),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Uploads one file after the other until the calls have ended.</summary>
    /// <returns>MB/s.</returns>
    static async Task<double> UploadUntilAsync(Task calls, GatewayUnderTest gateway, BodyFile body, int round)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var sent = 0L;
        for (var i = 0; i == 0 || !calls.IsCompleted; i++)
        {
            await RawSender.SubmitAsync(new Uri(gateway.Address + "/batch"), body, $"busy-{round}-{i}");
            sent += body.Size;
        }

        return sent / clock.Elapsed.TotalSeconds / 1e6;
    }

    // Retention is days; the bench makes room itself, behind the gateway's back.
    static void Clear(GatewayUnderTest gateway)
    {
        Thread.Sleep(1000);
        foreach (var file in Directory.GetFiles(gateway.Landing)) File.Delete(file);
        foreach (var spool in Directory.GetFiles(Path.Combine(gateway.Folder, "data"), "*.bin", SearchOption.AllDirectories))
            File.Delete(spool);
    }
}
