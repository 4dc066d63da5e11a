using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Simulation.Nights;
using LinkGateway.Simulation.Plants;
using LinkGateway.Simulation.Receivers;
using LinkGateway.Simulation.Timing;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Journal;

namespace LinkGateway.Simulation.Hosts;

/// <summary>A machine with a gateway: its disk, journal and clock outlive the gateway's lives.</summary>
sealed class Host
{
    static readonly TimeSpan SupervisorPause = TimeSpan.FromSeconds(5);

    readonly ConfigurationSnapshot _configuration;
    readonly JournalWatch _watch;
    readonly Life _supervisor;

    public Host(Night night, string id, ConfigurationSnapshot configuration)
    {
        (Night, Id, _configuration) = (night, id, configuration);
        Dice = night.Dice.Fork();
        Clock = new HostClock(night.Loop);
        _watch = new JournalWatch(this);
        _supervisor = night.Loop.Begin($"{id} power");
    }

    public Night Night { get; }

    public string Id { get; }

    public Dice Dice { get; }

    public HostClock Clock { get; }

    public Weather Weather { get; } = new();

    public RecordingFileSystem Disk { get; private set; } = new();

    public InMemoryJournal Journal { get; } = new();

    /// <summary>What the journal holds now, row by row.</summary>
    public JournalWatch Rows => _watch;

    /// <summary>The gateway that takes requests here; null while it is down or starting.</summary>
    public Gateway? Current { get; set; }

    /// <summary>The receivers that watch folders here.</summary>
    public List<FolderReceiver> Receivers { get; } = [];

    /// <summary>Applies a batch, and looks whether all that it says is allowed and true.</summary>
    public async ValueTask CommitAsync(JournalBatch batch)
    {
        if (Night.Plant == Plant.DropFence) await Unfenced.RebaseAsync(batch, Journal);
        await Journal.CommitAsync(batch, default);
        _watch.Enter(batch);
    }

    public void Boot()
    {
        Disk.Fault = FaultOf;
        _watch.NewLife();
        var life = Night.Loop.Begin(Id);
        var gateway = new Gateway(this, life, _configuration);
        life.Start(gateway.RunAsync);
    }

    /// <summary>The gateway ends here and now. Comes back later.</summary>
    /// <param name="life">The life that ends.</param>
    /// <param name="powerLoss">True: what was not flushed may be lost; false: the program alone is gone.</param>
    /// <param name="pause">Until it is started again.</param>
    public void Crash(Life life, bool powerLoss, TimeSpan pause)
    {
        if (life.IsOver) return;
        Night.Trace.Write(Id, $"{(powerLoss ? "loses power" : "is killed")}, back in {pause}");
        Night.Loop.Note(powerLoss ? 3u : 2u);
        Current = null;
        life.End();
        if (powerLoss)
        {
            Disk.Fault = null;
            Disk = Disk.PowerLoss(new Random(Dice.Next(int.MaxValue)));
        }

        _supervisor.Start(async () =>
        {
            await Night.Loop.DelayAsync(pause, CancellationToken.None);
            Boot();
        });
    }

    /// <summary>The process ends by itself, as it does when it cannot start; the supervisor starts it again.</summary>
    public void Exit(Life life) => Crash(life, powerLoss: false, SupervisorPause);

    /// <summary>A file has a new name: a receiver that watches may take it at once.</summary>
    public void Renamed(string path)
    {
        foreach (var receiver in Receivers) receiver.Notice(path);
    }

    public void FailRead(string path)
    {
        if (Weather.DiskFailure is { } failure and not StorageFailure.Full && Dice.Chance(Weather.DiskFails))
            throw new StorageException(failure, $"{path} was told to be unreadable.");
    }

    StorageFailure? FaultOf(FileOperation operation)
    {
        if (Weather.DiskFailure is not { } failure || !Dice.Chance(Weather.DiskFails)) return null;
        if (failure != StorageFailure.Full) return failure;
        return operation.Kind is FileOperationKind.Write or FileOperationKind.Create or FileOperationKind.CreateDirectory ? failure : null;
    }
}
