using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// One upload onto disk, 200 files of 4 KiB a second into a folder and 100 synchronous calls a second, each alone and then all at once
/// through the same gateway: what each loses.
/// </summary>
/// <remarks>Files and calls come at their times whether or not the gateway keeps up, and their times count from there.</remarks>
static class MixScenario
{
    const string Name = "mix";
    const int FilesPerSecond = 200;
    const int CallsPerSecond = 100;

    public static async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options)
    {
        using var body = BodyFile.Make(options.MemoryFolder, options.Quick ? 256L << 20 : 8L << 30);
        using var folder = BenchFolder.Make(options.DiskFolder);
        using var backend = await Comparator.StartAsync(folder.Path, "backend", "small");
        using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder.Path, "gw"));
        await gateway.StartAsync(new GatewaySetup { Service = backend.Address });
        var service = new Uri(gateway.Address + GatewayUnderTest.PlainService);
        var files = Enumerable.Range(0, 32)
            .Select(_ => LoadMessage.Submit(gateway.Batch, GatewayUnderTest.ToFolder, 4 << 10)).ToArray();
        var calls = Enumerable.Range(0, 32).Select(_ => LoadMessage.Lookup(service)).ToArray();
        var time = TimeSpan.FromSeconds(options.Quick ? 1 : 20);
        List<Sample> uploadAlone = [], filesAlone = [], callsAlone = [], uploadMixed = [], filesMixed = [], callsMixed = [];
        for (var round = options.Quick ? 1 : 0; round <= options.Rounds(3); round++)
        {
            // The first round warms up.
            if (round == 1)
            {
                foreach (var samples in new[] { uploadAlone, filesAlone, callsAlone, uploadMixed, filesMixed, callsMixed }) samples.Clear();
            }

            uploadAlone.Add(await UploadAsync());
            gateway.Clear();
            filesAlone.Add(await MessageLoad.PaceAsync(files, FilesPerSecond, time, gateway.ProcessId));
            await gateway.WaitUntilQuietAsync();
            callsAlone.Add(await MessageLoad.PaceAsync(calls, CallsPerSecond, time, gateway.ProcessId));

            using var uploaded = new CancellationTokenSource();
            var filesBeside = MessageLoad.PaceAsync(files, FilesPerSecond, TimeSpan.MaxValue, gateway.ProcessId, uploaded.Token);
            var callsBeside = MessageLoad.PaceAsync(calls, CallsPerSecond, TimeSpan.MaxValue, gateway.ProcessId, uploaded.Token);
            uploadMixed.Add(await UploadAsync());
            await uploaded.CancelAsync();

            // The process does all three at once: its CPU time is stated once, with the upload.
            filesMixed.Add(await filesBeside with { CpuSeconds = 0 });
            callsMixed.Add(await callsBeside with { CpuSeconds = 0 });
            await gateway.WaitUntilQuietAsync();
            gateway.Clear();
        }

        return
        [
            new Result(Name, "upload alone", Measure.Bytes, uploadAlone),
            new Result(Name, "upload, all at once", Measure.Bytes, uploadMixed, "upload alone"),
            new Result(Name, "files alone", Measure.Calls, filesAlone),
            new Result(Name, "files, all at once", Measure.Calls, filesMixed, "files alone"),
            new Result(Name, "calls alone", Measure.Calls, callsAlone),
            new Result(Name, "calls, all at once", Measure.Calls, callsMixed, "calls alone"),
        ];

        Task<Sample> UploadAsync() => Measured.RunAsync(
            gateway.ProcessId, body.Size, () => RawSender.SendAsync(Upload.Submit(gateway.Batch, GatewayUnderTest.ToInbox, body)));
    }
}
