using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// Small calls, 4 KiB to 2 KiB, over plain HTTP on 1, 16 and 64 connections: nginx, the gateway without and with validation of both
/// directions, the least that this stack can pass a call on with, and the backend that stands behind all of them.
/// </summary>
static class RelayScenario
{
    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        if (!Tools.Has("wrk", Wrk.Package)) return [];
        using var folder = BenchFolder.Make(options.DiskFolder);
        using var backend = await Comparator.StartAsync(folder.Path, "backend", "small");
        using var nginx = Tools.Has("nginx", Nginx.Package) ? await Nginx.StartProxyAsync(folder.Path, backend.Address) : null;
        using var bare = await Comparator.StartAsync(folder.Path, "proxy", backend.Address.AbsoluteUri);
        using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw"));
        await gateway.StartAsync(new GatewaySetup { Service = backend.Address });
        var (plain, validating) = (
            new Uri(gateway.Address + GatewayUnderTest.PlainService), new Uri(gateway.Address + GatewayUnderTest.CheckedService));

        // Compiled and recompiled by use; verifying a password for the first time takes its time too.
        foreach (var address in new[] { plain, validating, bare.Address })
            await Wrk.RunAsync(address, 16, options.Quick ? 1 : 8, gateway.ProcessId, folder.Path);
        List<Result> results = [];
        foreach (var connections in new[] { 1, 16, 64 })
        {
            var rounds = new Rounds($"relay, {connections} connection{(connections == 1 ? "" : "s")}");
            Add("gateway", plain, gateway.ProcessId, "nginx", "backend directly");
            Add("gateway, validating", validating, gateway.ProcessId, "nginx", "backend directly");
            if (nginx is not null) Add("nginx", nginx.Address, nginx.ProcessId, "backend directly");
            Add("bare Kestrel proxy, no SOAP", bare.Address, bare.ProcessId, "nginx");
            Add("backend directly", backend.Address, backend.ProcessId);
            results.AddRange(await rounds.RunAsync(options, 7));

            void Add(string variant, Uri address, int measured, params string[] comparators) => rounds.Add(
                variant, Measure.Calls,
                () => Wrk.RunAsync(address, connections, options.Quick ? 1 : 4, measured, folder.Path), comparators);
        }

        return results;
    }
}
