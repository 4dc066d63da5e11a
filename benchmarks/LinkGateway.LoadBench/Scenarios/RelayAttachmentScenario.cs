using System.Diagnostics;
using System.Text;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>A call with an attachment of 1 GiB, and one of 64 MiB for the memory, through nginx and through the gateway, in alternation.</summary>
static class RelayAttachmentScenario
{
    const string Name = "relay-attachment";

    public static async Task<IReadOnlyList<ScenarioResult>> RunAsync(BenchOptions options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.DiskFolder, $"linkgateway-bench-{Environment.ProcessId}")).FullName;
        try
        {
            using var large = BodyFile.Make(options.MemoryFolder, 1L << 30);
            using var small = BodyFile.Make(options.MemoryFolder, 64L << 20);
            var (backend, address) = await BareBackend.StartAsync(folder, largeBlocks: true);
            using var _ = backend;
            using var nginx = await Nginx.StartAsync(folder, address);
            using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder, "gw"));
            await gateway.StartAsync(https: false, service: address);
            var service = new Uri(gateway.Address + GatewayUnderTest.PlainService);
            List<Sample> theirs = [], ours = [], oursSmall = [];
            for (var round = 0; round <= (options.Quick ? 3 : 7); round++)
            {
                var their = await MeasureAsync(nginx.ProcessId, nginx.Address, large);
                var ourSmall = await MeasureAsync(gateway.ProcessId, service, small);
                var our = await MeasureAsync(gateway.ProcessId, service, large);

                // The first round warms both up.
                if (round == 0) continue;
                theirs.Add(their);
                oursSmall.Add(ourSmall);
                ours.Add(our);
            }

            return
            [
                new ScenarioResult(Name, "gateway 1 GiB", large.Size, ours, "nginx 1 GiB"),
                new ScenarioResult(Name, "gateway 64 MiB", small.Size, oursSmall, null),
                new ScenarioResult(Name, "nginx 1 GiB", large.Size, theirs, null),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Sample> MeasureAsync(int processId, Uri address, BodyFile file)
    {
        ProcessMeter.ResetPeak(processId);
        var cpu = ProcessMeter.CpuSecondsOfTree(processId);
        var clock = Stopwatch.StartNew();
        await RawSender.PostWithAttachmentAsync(address, Encoding.UTF8.GetString(LookupMessages.Request), file);
        clock.Stop();
        return new Sample(clock.Elapsed.TotalSeconds, ProcessMeter.CpuSecondsOfTree(processId) - cpu, ProcessMeter.PeakMemory(processId));
    }
}
