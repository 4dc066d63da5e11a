using LinkGateway.Contract.Messages;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// A file from the sender's first byte until the receiver has it in a folder, or finds it in an inbox: handed to the last gateway directly,
/// through one gateway before it, and through two. First as fast as it goes, then with every leg on a line of 50 MB/s of its own.
/// </summary>
static class ForwardScenario
{
    const double LineBytesPerSecond = 50e6;
    const string Direct = "directly to the last gateway";
    static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(2);

    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        using var body = BodyFile.Make(options.MemoryFolder, options.Quick ? 32L << 20 : 1L << 30);
        return
        [
            .. await CompareAsync(options, body, "forward", double.PositiveInfinity),
            .. await CompareAsync(options, body, "forward, 50 MB/s", LineBytesPerSecond),
        ];
    }

    static async Task<IReadOnlyList<Result>> CompareAsync(BenchOptions options, BodyFile body, string name, double bytesPerSecond)
    {
        using var folder = BenchFolder.Make(options.DiskFolder);
        using var last = new GatewayUnderTest("gw-last", Path.Combine(folder.Path, "last"));
        using var middle = new GatewayUnderTest("gw-middle", Path.Combine(folder.Path, "middle"));
        using var first = new GatewayUnderTest("gw-first", Path.Combine(folder.Path, "first"));
        foreach (var gateway in new[] { last, middle, first }) await gateway.MakeKeysAsync();
        await last.StartAsync(new GatewaySetup { Https = true, Previous = middle, Entry = first });
        using var toLast = Line(last);
        await middle.StartAsync(new GatewaySetup { Https = true, Next = last, NextPort = toLast?.Port, Previous = first });
        using var toMiddle = Line(middle);
        await first.StartAsync(new GatewaySetup { Https = true, Next = middle, NextPort = toMiddle?.Port });
        using var toFirst = Line(first);
        var rounds = new Rounds(name);
        foreach (var (linkageInterface, end) in new[] { (GatewayUnderTest.ToFolder, "folder"), (GatewayUnderTest.ToInbox, "inbox") })
        {
            Add(Direct, [last], toLast);
            Add("one gateway before it", [middle, last], toMiddle, Direct);
            Add("two gateways before it", [first, middle, last], toFirst, Direct);

            void Add(string variant, GatewayUnderTest[] way, WideAreaLine? line, params string[] comparators) => rounds.Add(
                $"{variant}, {end}", Measure.Bytes, () => SendAsync(way, line, linkageInterface, body),
                [.. comparators.Select(comparator => $"{comparator}, {end}")]);
        }

        var isCapped = !double.IsInfinity(bytesPerSecond);
        return await rounds.RunAsync(options, isCapped ? 3 : 7, warmUp: !isCapped);

        WideAreaLine? Line(GatewayUnderTest gateway) => double.IsInfinity(bytesPerSecond)
            ? null
            : new WideAreaLine(new Uri(gateway.Address).Port, RoundTrip, bytesPerSecond);
    }

    static async Task<Sample> SendAsync(GatewayUnderTest[] way, WideAreaLine? line, string linkageInterface, BodyFile body)
    {
        var last = way[^1];
        var address = line is null ? way[0].Batch : new UriBuilder(way[0].Batch) { Port = line.Port }.Uri;
        var transferId = $"{Guid.NewGuid()}";
        var manifest = Envelopes.Manifest(transferId, linkageInterface, body.Size, body.Sha256);
        using var receiver = Connection.Open(last, GatewayUnderTest.Receiver);
        var sample = await Measured.RunAsync([.. way.Select(gateway => gateway.ProcessId)], body.Size, async () =>
        {
            await RawSender.SendAsync(Upload.Attachment(address, Envelopes.Submit(manifest), body));
            if (linkageInterface == GatewayUnderTest.ToFolder) await last.WaitForFileAsync();
            else await WaitForItemAsync(receiver, transferId, body);
        });
        if (linkageInterface == GatewayUnderTest.ToFolder) await last.CheckFileAsync(body.Sha256);

        // The receipts are still on their way back.
        await Task.Delay(500);
        foreach (var gateway in way) gateway.Clear();
        return sample;
    }

    static async Task WaitForItemAsync(Connection receiver, string transferId, BodyFile body)
    {
        while (true)
        {
            var list = await receiver.Batch.ListInboxAsync(new ListInboxRequest(), CancellationToken.None);
            if (!list.Answered) throw new InvalidOperationException($"The inbox cannot be listed: {list.Refusal} {list.Reason}");
            if (list.Value.Items.FirstOrDefault(item => item.TransferId == transferId) is { } item)
            {
                if ($"{item.Sha256}" != body.Sha256) throw new InvalidOperationException($"Another digest: {item}");
                return;
            }

            await Task.Delay(10);
        }
    }
}
