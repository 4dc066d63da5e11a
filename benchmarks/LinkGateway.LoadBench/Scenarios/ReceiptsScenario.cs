using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// Small files a second, each answered with its durable signed receipt, from 1, 16 and 64 senders, on disk. Beside it what the disk can
/// flush for one thread, and what an endpoint that does nothing but read SOAP answers to the same load generator.
/// </summary>
/// <remarks>
/// The files go to an inbox, where nothing more happens to them; one variant has them published in a folder, which costs the same disk
/// three flushes more for each.
/// </remarks>
static class ReceiptsScenario
{
    const string Name = "receipts";
    const string Flushes = "fdatasync of 4 KiB, one thread";

    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        using var folder = BenchFolder.Make(options.DiskFolder);
        using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw"));
        await gateway.StartAsync(new GatewaySetup());
        using var bare = await Comparator.StartAsync(folder.Path, "soap");
        var time = options.Quick ? TimeSpan.FromSeconds(0.4) : TimeSpan.FromSeconds(5);
        var rounds = new Rounds(Name);
        rounds.Add(Flushes, Measure.Calls, () => DiskFlushes.RunAsync(folder.Path, time));
        foreach (var senders in new[] { 1, 16, 64 })
        {
            var calls = Enumerable.Range(0, senders).Select(_ => LoadMessage.Lookup(bare.Address)).ToArray();
            rounds.Add(Bare(senders), Measure.Calls, () => MessageLoad.RunAsync(calls, time, bare.ProcessId));
            foreach (var (size, text) in new[] { (4 << 10, "4 KiB"), (64 << 10, "64 KiB"), (1 << 20, "1 MiB") })
                AddGateway($"gateway {text}, {Senders(senders)}", senders, size, GatewayUnderTest.ToInbox, Bare(senders));
        }

        AddGateway($"gateway 4 KiB, {Senders(64)}, folder", 64, 4 << 10, GatewayUnderTest.ToFolder, Bare(64));
        var results = await rounds.RunAsync(options, 5);
        PrintGoal(results);
        return results;

        void AddGateway(string variant, int senders, int size, string linkageInterface, string comparator)
        {
            var messages = Enumerable.Range(0, senders).Select(_ => LoadMessage.Submit(gateway.Batch, linkageInterface, size)).ToArray();
            rounds.Add(variant, Measure.Calls, async () =>
            {
                var sample = await MessageLoad.RunAsync(messages, time, gateway.ProcessId);
                if (linkageInterface == GatewayUnderTest.ToFolder) await gateway.WaitUntilQuietAsync();
                gateway.Clear();
                return sample;
            }, comparator);
        }
    }

    static string Senders(int count) => count == 1 ? "1 sender" : $"{count} senders";

    static string Bare(int connections) => $"bare Kestrel SOAP call, {Senders(connections)}";

    static void PrintGoal(IReadOnlyList<Result> results)
    {
        var (ours, bare, disk) = (Rate($"gateway 4 KiB, {Senders(64)}"), Rate(Bare(64)), Rate(Flushes));
        Console.WriteLine(
            $"{Name}: 4 KiB from 64 senders: {ours:F0}/s; 0.12 of the bare endpoint {0.12 * bare:F0}/s, 1.5 of the disk's flushes "
            + $"{1.5 * disk:F0}/s: {ours / Math.Min(0.12 * bare, 1.5 * disk):F2} of the lesser");

        double Rate(string variant) => results.Single(result => result.Variant == variant).MedianValue;
    }
}
