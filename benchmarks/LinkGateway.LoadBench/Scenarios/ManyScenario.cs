using System.Diagnostics;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// Memory and CPU of a gateway that has nothing to do: fresh, with 10,000 open transfers, with 1,000 idle connections that have each made a
/// call, and with 100,000 deliveries that wait for their time; then with all of it.
/// </summary>
static class ManyScenario
{
    const string Name = "many";
    const string Fresh = "fresh";

    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        var (open, idle, waiting) = options.Quick ? (1_000, 200, 10_000) : (10_000, 1_000, 100_000);
        List<Result> results = [];
        using (var folder = BenchFolder.Make(options.DiskFolder))
        using (var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw")))
        {
            await gateway.StartAsync(new GatewaySetup());
            await RestAsync(gateway, Fresh);
            await OpenTransfersAsync(gateway);
            await RestAsync(gateway, $"{open:N0} open transfers");
        }

        using (var folder = BenchFolder.Make(options.DiskFolder))
        using (var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw")))
        {
            await gateway.StartAsync(new GatewaySetup());
            var connections = Connect(gateway);
            await RestAsync(gateway, $"{idle:N0} idle connections");
            Close(connections);
        }

        using (var folder = BenchFolder.Make(options.DiskFolder))
        using (var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw")))
        {
            await JournalRows.AddAsync(gateway.JournalFile, waiting, waiting: true);
            await gateway.StartAsync(new GatewaySetup());
            await RestAsync(gateway, $"{waiting:N0} waiting deliveries");
            await OpenTransfersAsync(gateway);
            var connections = Connect(gateway);
            await RestAsync(gateway, "all of it");
            Close(connections);
        }

        return results;

        Task OpenTransfersAsync(GatewayUnderTest gateway) => MessageLoad.CountAsync(
            [.. Enumerable.Range(0, 16).Select(_ => LoadMessage.Open(gateway.Batch, GatewayUnderTest.ToInbox))], open, gateway.ProcessId);

        // A call on each: a connection that was never used costs the gateway less.
        LoadConnection[] Connect(GatewayUnderTest gateway) => [.. Enumerable.Range(0, idle).Select(_ =>
        {
            var connection = new LoadConnection(LoadMessage.Open(gateway.Batch, GatewayUnderTest.ToInbox));
            connection.Begin(Stopwatch.GetTimestamp());
            while (connection.Receive() is null) connection.Poll(-1, System.Net.Sockets.SelectMode.SelectRead);
            return connection;
        })];

        async Task RestAsync(GatewayUnderTest gateway, string variant)
        {
            // What was begun comes to its end first.
            await Task.Delay(TimeSpan.FromSeconds(options.Quick ? 0.7 : 10));
            var sample = await Measured.RunAsync(
                gateway.ProcessId, 1, () => Task.Delay(TimeSpan.FromSeconds(options.Quick ? 0.7 : 30)));
            results.Add(new Result(
                Name, variant, Measure.Rest, [sample with { MemoryBytes = ProcessMeter.ResidentMemory(gateway.ProcessId) }],
                variant == Fresh ? [] : [Fresh]));
        }
    }

    static void Close(LoadConnection[] connections)
    {
        foreach (var connection in connections) connection.Dispose();
    }
}
