using System.Diagnostics;
using LinkGateway.LoadBench.Load;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Scenarios;

/// <summary>
/// SubmitFile of one large file against the bare endpoint that computes the same digests: over HTTP into memory-backed storage, over HTTP
/// onto disk with fsync, and over HTTPS. The two alternate in rounds; every answer is checked for the digest.
/// </summary>
/// <remarks>The gateway's time ends with the signed receipt; what it delivers afterwards is waited for before the next round.</remarks>
static class IntakeScenario
{
    public static async Task<IReadOnlyList<ScenarioResult>> RunAsync(BenchOptions options)
    {
        using var body = BodyFile.Make(options.MemoryFolder, options.Quick ? 256L << 20 : 1L << 30);
        List<ScenarioResult> results = [];
        results.AddRange(await CompareAsync(options, body, "intake http tmpfs", options.MemoryFolder, fsync: false, https: false));
        results.AddRange(await CompareAsync(options, body, "intake http disk+fsync", options.DiskFolder, fsync: true, https: false));
        results.AddRange(await CompareAsync(options, body, "intake https tmpfs", options.MemoryFolder, fsync: false, https: true));
        return results;
    }

    static async Task<IReadOnlyList<ScenarioResult>> CompareAsync(
        BenchOptions options, BodyFile body, string name, string store, bool fsync, bool https)
    {
        var folder = Directory.CreateDirectory(Path.Combine(store, $"linkgateway-bench-{Environment.ProcessId}")).FullName;
        try
        {
            using var gateway = new GatewayUnderTest("gw-bench", Path.Combine(folder, "gw"));
            await gateway.StartAsync(https);
            var ready = Path.Combine(folder, "bare.ready");
            var scheme = https ? "https" : "http";
            using var bare = Child.Start("LinkGateway.LoadBench", ["--serve", "bare", folder, ready, fsync ? "fsync" : "nosync", scheme]);
            await bare.WaitForAsync(ready);
            var bareAddress = new Uri(await File.ReadAllTextAsync(ready));
            List<Sample> ours = [], theirs = [];
            var rounds = options.Quick ? 3 : 9;
            for (var round = 0; round <= rounds; round++)
            {
                var theirSample = await MeasureAsync(bare.Id, () => RawSender.PostBareAsync(bareAddress, body), body.Sha256);
                var transferId = $"{name}-{round}";
                var ourSample = await MeasureAsync(
                    gateway.ProcessId, () => RawSender.SubmitAsync(new Uri(gateway.Address + "/batch"), body, transferId), body.Sha256);
                await gateway.ClearAsync();

                // The first round warms both up.
                if (round == 0) continue;
                theirs.Add(theirSample);
                ours.Add(ourSample);
            }

            return
            [
                new ScenarioResult(name, "gateway SubmitFile", body.Size, ours, "bare Kestrel, staged"),
                new ScenarioResult(name, "bare Kestrel, staged", body.Size, theirs, null),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Sample> MeasureAsync(int processId, Func<Task<string>> send, string sha256)
    {
        ProcessMeter.ResetPeak(processId);
        var cpu = ProcessMeter.CpuSeconds(processId);
        var clock = Stopwatch.StartNew();
        var answer = await send();
        clock.Stop();
        if (!answer.Contains(sha256, StringComparison.Ordinal))
            throw new InvalidOperationException($"The answer lacks the digest: {answer}");
        return new Sample(clock.Elapsed.TotalSeconds, ProcessMeter.CpuSeconds(processId) - cpu, ProcessMeter.PeakMemory(processId));
    }
}
