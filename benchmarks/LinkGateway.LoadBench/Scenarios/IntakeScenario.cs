using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// One large file into the gateway, over HTTP and HTTPS, into memory-backed storage and onto disk with fsync, with Content-Length and
/// chunked; over HTTP into memory also in chunks, as base64 and four at a time. Beside it bare endpoints that compute the same digests, and
/// for orientation nginx PUT and <c>sha256sum</c>.
/// </summary>
/// <remarks>The gateway's time ends with the signed receipt; the file then waits in an inbox: nothing more is done with it.</remarks>
static class IntakeScenario
{
    const string Submit = "gateway SubmitFile";
    const string Staged = "bare Kestrel, best shape";
    const string Shipped = "bare Kestrel, as shipped";

    /// <summary>Into memory-backed storage.</summary>
    public static Task<IReadOnlyList<Result>> RunInMemoryAsync(BenchOptions options) =>
        RunAsync(options, options.MemoryFolder, "tmpfs", https: false);

    /// <summary>Onto disk, flushed.</summary>
    public static Task<IReadOnlyList<Result>> RunOnDiskAsync(BenchOptions options) =>
        RunAsync(options, options.DiskFolder, "disk+fsync", https: false);

    /// <summary>Both over HTTPS.</summary>
    public static async Task<IReadOnlyList<Result>> RunByHttpsAsync(BenchOptions options) =>
    [
        .. await RunAsync(options, options.MemoryFolder, "tmpfs", https: true),
        .. await RunAsync(options, options.DiskFolder, "disk+fsync", https: true),
    ];

    /// <summary>A file of 8 GiB onto disk.</summary>
    public static async Task<IReadOnlyList<Result>> RunHugeAsync(BenchOptions options)
    {
        using var huge = BodyFile.Make(options.MemoryFolder, options.Quick ? 128L << 20 : 8L << 30);
        return await CompareAsync(options, options.DiskFolder, "disk+fsync, huge", huge, https: false, 3, warmUp: false);
    }

    static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options, string store, string storeName, bool https)
    {
        using var body = BodyFile.Make(options.MemoryFolder, options.Quick ? 32L << 20 : 1L << 30);
        return await CompareAsync(options, store, storeName, body, https, 9);
    }

    static async Task<IReadOnlyList<Result>> CompareAsync(
        BenchOptions options, string store, string storeName, BodyFile body, bool https, int rounds, bool warmUp = true)
    {
        using var folder = BenchFolder.Make(store);
        var (fsync, scheme) = (storeName == "tmpfs" ? "nosync" : "fsync", https ? "https" : "http");
        using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw"));
        await gateway.StartAsync(new GatewaySetup { Https = https });
        using var staged = await Comparator.StartAsync(folder.Path, "bare", folder.Path, fsync, scheme);
        using var shipped = await Comparator.StartAsync(folder.Path, "shipped", folder.Path, fsync, scheme);
        using var nginx = https || !Tools.Has("nginx", Nginx.Package) ? null : await Nginx.StartStoreAsync(folder.Path);
        var comparison = new Rounds($"intake {scheme} {storeName}");
        AddGateway(Submit, 1, () => RawSender.SendAsync(Whole()), Staged, Shipped);
        AddGateway($"{Submit}, chunked", 1, () => RawSender.SendAsync(Whole() with { Chunked = true }), $"{Staged}, chunked");
        AddBare(Staged, staged, Upload.Plain(staged.Address, body));
        AddBare($"{Staged}, chunked", staged, Upload.Plain(staged.Address, body) with { Chunked = true });
        AddBare(Shipped, shipped, Upload.Attachment(shipped.Address, "<root/>", body));
        if (nginx is not null)
            comparison.Add("nginx PUT, no digest", Measure.Bytes, () => nginx.PutAsync(body));
        if (!https && fsync == "nosync")
        {
            comparison.Add("sha256sum", Measure.Bytes, () => Sha256SumAsync(body));
            body.MakeBase64();
            AddGateway($"{Submit}, base64", 1, () => RawSender.SendAsync(Base64()), Submit);
            foreach (var inFlight in new[] { 1, 2, 4, 8 })
            {
                AddGateway($"gateway PutChunk, {inFlight} in flight", 1, () => ChunkedTransfer.SendAsync(
                    gateway.Batch, GatewayUnderTest.ToInbox, body, inFlight), Submit);
            }

            AddGateway(
                $"{Submit}, 4 at a time", 4, () => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RawSender.SendAsync(Whole()))), Submit);
        }

        return await comparison.RunAsync(options, rounds, warmUp);

        string Envelope() => Envelopes.Submit(Envelopes.Manifest($"{Guid.NewGuid()}", GatewayUnderTest.ToInbox));

        Upload Whole() => Upload.Attachment(gateway.Batch, Envelope(), body);

        Upload Base64() => Whole() with { ContentPath = body.Base64Path, Head = SwaMessage.Head(Envelope(), "base64") };

        void AddGateway(string variant, int files, Func<Task> send, params string[] comparators) =>
            comparison.Add(variant, Measure.Bytes, async () =>
            {
                var sample = await Measured.RunAsync(gateway.ProcessId, (double)files * body.Size, send);
                gateway.Clear();
                return sample;
            }, comparators);

        void AddBare(string variant, Comparator endpoint, Upload upload) =>
            comparison.Add(variant, Measure.Bytes, () => Measured.RunAsync(
                endpoint.ProcessId, body.Size, () => RawSender.SendAsync(upload)));
    }

    static async Task<Sample> Sha256SumAsync(BodyFile body)
    {
        var cpu = ProcessMeter.CpuSecondsOfEnded();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var output = await Child.OutputOfAsync("sha256sum", [body.Path]);
        clock.Stop();
        if (!output.StartsWith(body.Sha256, StringComparison.Ordinal)) throw new InvalidOperationException($"sha256sum says {output}");
        return new Sample(body.Size, clock.Elapsed.TotalSeconds, ProcessMeter.CpuSecondsOfEnded() - cpu, 0);
    }
}
