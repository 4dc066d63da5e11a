using System.Globalization;
using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Proxying;
using LinkGateway.FaultHarness.Running;
using LinkGateway.LoadBench.Processes;

namespace LinkGateway.FaultHarness.Scenarios.Nights;

/// <summary>
/// A measurement and a proof: a whole night of eight systems, one of which misbehaves and the destination of another is down for a while.
/// Every file must arrive once and unchanged, what is urgent at once, what the others send within a ratio of the time that it takes alone,
/// in memory that does not grow with the night. <c>--size</c> is that of the largest file.
/// </summary>
sealed class Night : Scenario
{
    const double MostSlowedDown = 6;
    const double MostUrgentSeconds = 5;
    const long MostGrowth = 64; // MiB

    static readonly long Usual = 1L << 30;

    FaultProxy? _lineThatFails;
    Fleet? _fleet;

    public override string Name => "night";

    public override int LongRuns => 1;

    public override bool Alone => true;

    public override bool OnlyByName => true;

    public override TimeSpan LongestRun => TimeSpan.FromMinutes(60);

    public override FleetPlan Plan(HarnessOptions options)
    {
        var plan = PlanOf(options);
        var all = plan.Participants.Append(plan.Alone).ToList();
        _lineThatFails ??= new FaultProxy(() => _fleet?.Last.Ports is [var port, ..] ? port : 0, certificate: null);
        return new FleetPlan
        {
            ChunkSize = "16MiB",
            Entry = configuration => NightConfiguration.Entry(configuration, all, _lineThatFails.Port),
            Last = configuration => NightConfiguration.Last(configuration, all, Landing),
        };
    }

    static string Landing { get; } = Path.Combine(Path.GetTempPath(), $"linkgateway-night-{Environment.ProcessId}");

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        _fleet = run.Fleet;
        var plan = PlanOf(run.Options);
        try
        {
            var alone = await SendAsync(run, plan.Alone, plan.Length, cancellationToken);
            var early = EarlyMemoryAsync(run.Fleet, plan, cancellationToken);
            var ledgers = await NightAsync(run, plan, cancellationToken);
            Report(run, plan, alone, ledgers, await early);
            foreach (var ledger in ledgers.Append(alone)) await CheckAsync(ledger, cancellationToken);
        }
        finally
        {
            Directory.Delete(Landing, recursive: true);
        }
    }

    async Task<IReadOnlyList<NightLedger>> NightAsync(ScenarioRun run, NightPlan plan, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rowdy = plan.Participants.Single(participant => participant.Misbehaves);
        var nuisance = new Nuisance(rowdy, () => run.Fleet.AtEntryAs(rowdy.Id), run.Fleet.Entry);
        var trouble = nuisance.RunAsync(over.Token);
        var outage = OutageAsync(plan, over.Token);
        var ledgers = await Task.WhenAll(
            plan.Participants.Select(participant => SendAsync(run, participant, plan.Length, cancellationToken)));
        await over.CancelAsync();
        await trouble;
        await outage;
        run.Note += $"\n        {nuisance.Asked} requests of {rowdy.Id} for what no route names were refused";
        return ledgers;
    }

    // By then everything has run once, and all sizes are under way.
    static async Task<long> EarlyMemoryAsync(Fleet fleet, NightPlan plan, CancellationToken cancellationToken)
    {
        await Task.Delay(plan.Length / 3, cancellationToken);
        return Memory(fleet);
    }

    static async Task<NightLedger> SendAsync(
        ScenarioRun run, NightParticipant participant, TimeSpan night, CancellationToken cancellationToken)
    {
        var ledger = new NightLedger(participant);
        var gateway = run.Fleet.AtEntryAs(participant.Id);
        var collecting = ledger.CollectAsync(gateway, cancellationToken);
        await new NightSender(ledger, gateway, run.Options.Seed).SendAsync(night, cancellationToken);
        await collecting;
        return ledger;
    }

    async Task OutageAsync(NightPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(plan.Length * NightPlan.Outage.From, cancellationToken);
            _lineThatFails!.Refuses = true;
            _lineThatFails.CutAll();
            await Task.Delay(plan.Length * (NightPlan.Outage.Until - NightPlan.Outage.From), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // All is delivered already.
        }
        finally
        {
            _lineThatFails!.Refuses = false;
        }
    }

    static void Report(ScenarioRun run, NightPlan plan, NightLedger alone, IReadOnlyList<NightLedger> ledgers, long early)
    {
        run.Note += string.Concat(ledgers.Select(Line));
        var burst = ledgers.Single(ledger => ledger.Participant.Id == plan.Burst.Id);
        var slowedDown = burst.Took / alone.Took;
        var (peak, growth) = (Memory(run.Fleet) >> 20, (Memory(run.Fleet) - early) >> 20);
        run.Note += string.Create(CultureInfo.InvariantCulture, $"""

                    a burst of {alone.Participant.Files} files: alone {alone.Took:F1} s, in the night {burst.Took:F1} s, ratio {slowedDown:F2}
                    peak memory of both gateways {peak} MiB, {growth} MiB more than after a third of the night
            """);
        var urgent = ledgers.Single(ledger => ledger.Participant.Class == "life").Latency(0.99) / 1000;
        if (urgent > MostUrgentSeconds) throw new ScenarioException($"What is urgent took {urgent:F1} s to be delivered (p99).");
        if (slowedDown > MostSlowedDown) throw new ScenarioException($"The burst took {slowedDown:F2} of the time that it takes alone.");
        if (growth > MostGrowth) throw new ScenarioException($"Memory grew by {growth} MiB in the last two thirds of the night.");
    }

    static string Line(NightLedger ledger)
    {
        var participant = ledger.Participant;
        return string.Create(CultureInfo.InvariantCulture,
            $"\n        {participant.Id,-8} {participant.Class,-18} {participant.Files,6} files of {participant.Size,11:N0} bytes: "
            + $"done after {ledger.Finished,6:F1} s, delivered p50 {ledger.Latency(0.5),8:F0} ms, p99 {ledger.Latency(0.99),8:F0} ms, "
            + $"told to wait {ledger.Refused}");
    }

    static async Task CheckAsync(NightLedger ledger, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Landing, ledger.Participant.Id);
        var expected = ledger.Files;
        var landed = Directory.GetFiles(folder, "*.csv");
        if (landed.Length != expected.Count)
            throw new ScenarioException($"{ledger.Participant.Id}: {landed.Length} files landed of {expected.Count}.");
        foreach (var path in landed)
        {
            await using var file = File.OpenRead(path);
            var digest = new Sha256Digest(await SHA256.HashDataAsync(file, cancellationToken));
            if (!expected.TryGetValue(Path.GetFileName(path), out var sent) || sent != digest)
                throw new ScenarioException($"{Path.GetFileName(path)} is not the file that was sent.");
            if (!File.Exists(path + ".ctl.json")) throw new ScenarioException($"{Path.GetFileName(path)} has no control file.");
        }
    }

    static long Memory(Fleet fleet) => fleet.Gateways.Sum(gateway => ProcessMeter.PeakMemory(gateway.ProcessId));

    static NightPlan PlanOf(HarnessOptions options) =>
        new(options.Size ?? Usual, options.Short ? 0.02 : 1);
}
