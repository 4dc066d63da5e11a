using System.Text;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// Calls with an attachment of 100 MB and of 1 GiB through the gateway and through nginx, and to the backend directly; then through the
/// gateway and directly where the caller sits at the end of a line of 50 MB/s.
/// </summary>
static class RelayAttachmentScenario
{
    const double LineBytesPerSecond = 50e6;
    static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(10);

    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        using var folder = BenchFolder.Make(options.DiskFolder);
        using var backend = await Comparator.StartAsync(folder.Path, "backend", "large");
        using var nginx = Tools.Has("nginx", Nginx.Package) ? await Nginx.StartProxyAsync(folder.Path, backend.Address) : null;
        using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw"));
        await gateway.StartAsync(new GatewaySetup { Service = backend.Address });
        var service = new Uri(gateway.Address + GatewayUnderTest.PlainService);
        List<Result> results = [];
        foreach (var (size, text) in options.Quick ? [(32L << 20, "32 MiB")] : new[] { (100_000_000L, "100 MB"), (1L << 30, "1 GiB") })
        {
            using var body = BodyFile.Make(options.MemoryFolder, size);
            var rounds = new Rounds($"relay-attachment {text}");
            Add(rounds, "gateway", service, gateway.ProcessId, body, "nginx", "backend directly");
            if (nginx is not null) Add(rounds, "nginx", nginx.Address, nginx.ProcessId, body, "backend directly");
            Add(rounds, "backend directly", backend.Address, backend.ProcessId, body);
            results.AddRange(await rounds.RunAsync(options, 9));

            using var toGateway = new WideAreaLine(service.Port, RoundTrip, LineBytesPerSecond);
            using var toBackend = new WideAreaLine(backend.Address.Port, RoundTrip, LineBytesPerSecond);
            var onLine = new Rounds($"relay-attachment {text}, 50 MB/s");
            Add(onLine, "gateway", At(service, toGateway), gateway.ProcessId, body, "backend directly");
            Add(onLine, "backend directly", At(backend.Address, toBackend), backend.ProcessId, body);
            results.AddRange(await onLine.RunAsync(options, 3, warmUp: false));
        }

        return results;
    }

    static Uri At(Uri address, WideAreaLine line) => new UriBuilder(address) { Port = line.Port }.Uri;

    static void Add(Rounds rounds, string variant, Uri address, int measured, BodyFile body, params string[] comparators) =>
        rounds.Add(variant, Measure.Bytes, () => Measured.RunAsync(measured, body.Size, async () =>
        {
            var answer = await RawSender.PostAsync(
                Upload.Attachment(address, Encoding.UTF8.GetString(LookupMessages.Request), body));
            if (!answer.Contains("LookupResponse", StringComparison.Ordinal))
                throw new InvalidOperationException($"Another answer was expected: {answer}");
        }), comparators);
}
