using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Sending;

namespace LinkGateway.FaultHarness.Running;

/// <summary>One run of a scenario: its chance, its gateways and its files.</summary>
sealed class ScenarioRun(string scenario, int index, HarnessOptions options, Fleet fleet)
{
    const long MiB = 1 << 20;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly List<OutgoingFile> _files = [];

    /// <summary>Number of the run, from 0.</summary>
    public int Index => index;

    public HarnessOptions Options => options;

    public Fleet Fleet => fleet;

    /// <summary>Of this run alone, so that it can be repeated without those before it.</summary>
    public Random Random { get; } = new(SeedOf(options.Seed, scenario, index));

    /// <summary>The files that were to be sent.</summary>
    public IReadOnlyList<OutgoingFile> Files => _files;

    /// <summary>What is worth a line beside the result.</summary>
    public string Note { get; set; } = "";

    /// <summary>A file of a random size: mostly small, in the long form now and then a large one.</summary>
    public OutgoingFile File() => File(Size());

    /// <summary>A file of a size.</summary>
    public OutgoingFile File(long size)
    {
        var file = fleet.Outbox.Write($"{scenario}-{index:D3}-{_files.Count}.csv", size, Random);
        _files.Add(file);
        return file;
    }

    /// <summary>Sends a file until its receipt is there.</summary>
    public Task SendAsync(OutgoingFile file, CancellationToken cancellationToken) =>
        fleet.Sender.SendAsync(file, cancellationToken, "--chunk-size", "1MiB");

    /// <summary>Waits until the receiver has taken a file.</summary>
    public async Task ArrivalAsync(OutgoingFile file, CancellationToken cancellationToken)
    {
        while (fleet.Taker.Taken.All(taken => taken.OriginalName != file.Name)) await Task.Delay(Pause, cancellationToken);
    }

    /// <summary>A part of a whole at random.</summary>
    public long Somewhere(long whole) => (long)(whole * Random.NextDouble());

    /// <summary>A pause at random.</summary>
    public TimeSpan Moment(int milliseconds) => TimeSpan.FromMilliseconds(Random.Next(milliseconds));

    long Size() => (options.Short, Random.Next(100)) switch
    {
        (true, < 20) => Between(1, 256 << 10),
        (true, _) => Between(MiB, 6 * MiB),
        (_, < 10) => Between(1, 256 << 10),
        (_, < 85) => Between(MiB, 16 * MiB),
        (_, < 98) => Between(16 * MiB, 48 * MiB),
        _ => Between(48 * MiB, 256 * MiB),
    };

    long Between(long from, long to) => from + Random.NextInt64(to - from);

    // Not string.GetHashCode, which differs from process to process.
    static int SeedOf(int seed, string scenario, int index)
    {
        var hash = seed;
        foreach (var letter in scenario) hash = unchecked((hash * 31) + letter);
        return unchecked((hash * 31) + index) & int.MaxValue;
    }
}
