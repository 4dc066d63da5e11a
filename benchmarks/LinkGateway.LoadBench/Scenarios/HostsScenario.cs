using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// The same gateway on both SOAP hosts, in alternation: one file of 1 GiB by SubmitFile over HTTP into memory-backed storage, then small
/// relayed calls on 16 connections. Peak memory is that of each part.
/// </summary>
static class HostsScenario
{
    static readonly string[] Hosts = ["kestrel", "coreWcf"];

    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "CoreWCF.Http.dll")))
        {
            Console.WriteLine("hosts: not built with -p:CoreWcf=true; skipped.");
            return [];
        }

        if (!Tools.Has("wrk", Wrk.Package)) return [];
        using var folder = BenchFolder.Make(options.MemoryFolder);
        using var body = BodyFile.Make(options.MemoryFolder, options.Quick ? 32L << 20 : 1L << 30);
        using var backend = await Comparator.StartAsync(folder.Path, "backend", "small");
        List<GatewayUnderTest> gateways = [];
        try
        {
            foreach (var host in Hosts)
            {
                var gateway = new GatewayUnderTest($"gw-{host}", Path.Combine(folder.Path, host));
                gateways.Add(gateway);
                await gateway.StartAsync(new GatewaySetup { Service = backend.Address, SoapHost = host });
            }

            var (intake, calls) = (new Rounds("hosts, intake"), new Rounds("hosts, relay, 16 connections"));
            foreach (var (host, gateway) in Hosts.Zip(gateways))
            {
                string[] comparators = host == Hosts[0] ? [] : [Hosts[0]];
                intake.Add(host, Measure.Bytes, () => TakeAsync(gateway, body), comparators);
                var service = new Uri(gateway.Address + GatewayUnderTest.PlainService);
                calls.Add(host, Measure.Calls,
                    () => Wrk.RunAsync(service, 16, options.Quick ? 1 : 4, gateway.ProcessId, folder.Path), comparators);
            }

            return [.. await intake.RunAsync(options, 9), .. await calls.RunAsync(options, 7)];
        }
        finally
        {
            foreach (var gateway in gateways) gateway.Dispose();
        }
    }

    static async Task<Sample> TakeAsync(GatewayUnderTest gateway, BodyFile body)
    {
        var envelope = Envelopes.Submit(Envelopes.Manifest($"{Guid.NewGuid()}", GatewayUnderTest.ToInbox));
        var sample = await Measured.RunAsync(
            gateway.ProcessId, body.Size, () => RawSender.SendAsync(Upload.Attachment(gateway.Batch, envelope, body)));
        gateway.Clear();
        return sample;
    }
}
