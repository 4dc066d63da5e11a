using LinkGateway.Core.Files;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Receivers;
using LinkGateway.Simulation.Senders;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Nights;

/// <summary>All that goes wrong in a night, decided by the dice; ends with everything mended.</summary>
sealed class Troubles(Night night, Dice dice, IReadOnlyList<Host> hosts, Topology topology, Sender sender, Operator operators,
    IReadOnlyList<InboxReceiver> inboxReceivers)
{
    static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(1);

    readonly TimeSpan _length = dice.Span(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15));

    public async Task RunAsync()
    {
        night.Wire.Trouble = dice.Pick<double>([0, 0.02, 0.1, 0.3]);
        night.Wire.Latency = dice.Span(Blink, TimeSpan.FromSeconds(2));
        foreach (var host in hosts) Prepare(host);
        var episodes = dice.Between(0, 6);
        for (var i = 0; i < episodes; i++) night.World.Start(EpisodeAsync);
        await night.Loop.DelayAsync(_length, CancellationToken.None);
        night.Trace.Write("night", $"the troubles are over");
        night.Wire.Clear();
        night.Wire.Latency = TimeSpan.FromMilliseconds(50);
        foreach (var host in hosts)
        {
            host.Weather.Clear();
            if (host.Current is { } gateway) gateway.Life.StepsToFuse = -1;
        }
    }

    bool AreOver => night.Loop.Now >= _length;

    void Prepare(Host host)
    {
        host.Clock.Skew = TimeSpan.FromSeconds(dice.Between(-300, 300));
        host.Weather.DiskWaits = dice.Pick<double>([0, 0.1, 0.5]);
        host.Weather.DiskDelay = dice.Span(Blink, TimeSpan.FromSeconds(1));
        host.Weather.JournalWaits = dice.Pick<double>([0.1, 0.5, 1]);
        host.Weather.JournalDelay = dice.Span(Blink, TimeSpan.FromSeconds(1));
    }

    async Task EpisodeAsync()
    {
        await night.Loop.DelayAsync(dice.Span(Blink, _length), CancellationToken.None);
        if (AreOver) return;
        var host = dice.Pick(hosts);
        switch (dice.Next(12))
        {
            case 0 or 1 or 2:
                await CrashAsync(host);
                break;
            case 3:
                await CutAsync();
                break;
            case 4:
                await BreakDiskAsync(host);
                break;
            case 5:
                await BreakJournalAsync(host);
                break;
            case 6:
                await SlowAsync(host);
                break;
            case 7 when inboxReceivers.Count > 0 && dice.Chance(0.6):
                dice.Pick(inboxReceivers).Crash(Lasting(TimeSpan.FromMinutes(2)));
                break;
            case 7:
                sender.Crash(Lasting(TimeSpan.FromMinutes(2)));
                break;
            case 8:
                SetClock(host);
                break;
            case 9:
                if (host.Current is { } gateway) gateway.Life.Start(gateway.StopAsync);
                break;
            case 10:
                operators.Meddle(host);
                break;
            case 11:
                await sender.CancelOneAsync();
                break;
        }
    }

    /// <summary>Crashes a gateway after some more pieces of its work: at any await.</summary>
    async Task CrashAsync(Host host)
    {
        while (host.Current is null && !AreOver) await night.Loop.DelayAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
        if (AreOver || host.Current is not { } gateway || gateway.Life.StepsToFuse > 0) return;
        var powerLoss = dice.Chance(0.6);
        var pause = Lasting(TimeSpan.FromMinutes(3));
        gateway.Life.StepsToFuse = (long)Math.Exp(dice.Fraction() * 7);
        gateway.Life.Fuse = () => host.Crash(gateway.Life, powerLoss, pause);
    }

    void SetClock(Host host)
    {
        host.Clock.Skew += TimeSpan.FromSeconds(dice.Between(-1200, 1200));
        night.Trace.Write(host.Id, $"the clock is set, now {host.Clock.Skew} off");
    }

    async Task CutAsync()
    {
        (string, string)[] lines = [.. topology.Lines, (Topology.Origin, topology.Entry)];
        var (one, other) = dice.Pick(lines);
        night.Trace.Write("night", $"{one} and {other} are cut off from each other");
        night.Wire.Cut(one, other);
        await night.Loop.DelayAsync(Lasting(_length), CancellationToken.None);
        night.Wire.Mend(one, other);
    }

    async Task BreakDiskAsync(Host host)
    {
        host.Weather.DiskFailure = dice.Pick<StorageFailure>([StorageFailure.Full, StorageFailure.Unavailable, StorageFailure.ReadOnly]);
        host.Weather.DiskFails = dice.Pick<double>([0.05, 0.3, 1]);
        night.Trace.Write(host.Id, $"the disk fails: {host.Weather.DiskFailure}, {host.Weather.DiskFails}");
        await night.Loop.DelayAsync(Lasting(_length), CancellationToken.None);
        host.Weather.DiskFailure = null;
    }

    async Task BreakJournalAsync(Host host)
    {
        host.Weather.JournalFails = dice.Pick<double>([0.05, 0.3, 1]);
        night.Trace.Write(host.Id, $"the journal fails, {host.Weather.JournalFails}");
        await night.Loop.DelayAsync(Lasting(_length), CancellationToken.None);
        host.Weather.JournalFails = 0;
    }

    async Task SlowAsync(Host host)
    {
        var (disk, journal) = (host.Weather.DiskDelay, host.Weather.JournalDelay);
        if (dice.Chance(0.7)) host.Weather.DiskDelay = TimeSpan.FromMinutes(2);
        if (dice.Chance(0.7)) host.Weather.JournalDelay = TimeSpan.FromMinutes(2);
        night.Trace.Write(host.Id, $"disk up to {host.Weather.DiskDelay}, journal up to {host.Weather.JournalDelay} slow");
        await night.Loop.DelayAsync(Lasting(_length), CancellationToken.None);
        if (!AreOver) (host.Weather.DiskDelay, host.Weather.JournalDelay) = (disk, journal);
    }

    TimeSpan Lasting(TimeSpan most) => dice.Span(TimeSpan.FromMilliseconds(100), most);
}
