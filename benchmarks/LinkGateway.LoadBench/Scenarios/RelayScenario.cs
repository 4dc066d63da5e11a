using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// Small calls, 4 KiB to 2 KiB, over plain HTTP: nginx, the gateway without and with validation of both directions, all in front of the
/// same backend, in alternation.
/// </summary>
static class RelayScenario
{
    public static async Task<IReadOnlyList<CallResult>> RunAsync(BenchOptions options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.DiskFolder, $"linkgateway-bench-{Environment.ProcessId}")).FullName;
        try
        {
            var (backend, address) = await BareBackend.StartAsync(folder, largeBlocks: false);
            using var _ = backend;
            using var nginx = await Nginx.StartAsync(folder, address);
            using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder, "gw"));
            await gateway.StartAsync(https: false, service: address);
            List<CallSample> theirs = [], plain = [], checkedCalls = [];
            for (var round = 0; round <= (options.Quick ? 3 : 7); round++)
            {
                // The first round warms all up: verifying a password for the first time takes its time too.
                var seconds = round == 0 ? 8 : options.Quick ? 2 : 4;
                var their = await Wrk.RunAsync(nginx.Address, seconds, nginx.ProcessId, folder);
                var our = await Wrk.RunAsync(new Uri(gateway.Address + GatewayUnderTest.PlainService), seconds, gateway.ProcessId, folder);
                var ourChecked = await Wrk.RunAsync(
                    new Uri(gateway.Address + GatewayUnderTest.CheckedService), seconds, gateway.ProcessId, folder);
                if (round == 0) continue;
                theirs.Add(their);
                plain.Add(our);
                checkedCalls.Add(ourChecked);
            }

            return
            [
                new CallResult("relay", "gateway", plain, "nginx"),
                new CallResult("relay", "gateway, validating", checkedCalls, "nginx"),
                new CallResult("relay", "nginx", theirs, null),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
