using LinkGateway.Core.Files;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Hosts;

/// <summary>How a host's disk and journal behave at present.</summary>
sealed class Weather
{
    /// <summary>Part of the file operations that take time at all; the others end at once.</summary>
    public double DiskWaits { get; set; } = 0.3;

    public TimeSpan DiskDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>What file operations fail with; null while the disk is well.</summary>
    public StorageFailure? DiskFailure { get; set; }

    /// <summary>Part of the operations that fail while <see cref="DiskFailure"/> is set.</summary>
    public double DiskFails { get; set; }

    public double JournalWaits { get; set; } = 0.4;

    public TimeSpan JournalDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Part of the journal's calls that fail.</summary>
    public double JournalFails { get; set; }

    /// <summary>Good weather again.</summary>
    public void Clear()
    {
        (DiskWaits, DiskDelay, DiskFailure, DiskFails) = (0.1, TimeSpan.FromMilliseconds(10), null, 0);
        (JournalWaits, JournalDelay, JournalFails) = (0.1, TimeSpan.FromMilliseconds(10), 0);
    }

    public Task DiskAsync(Loop loop, Dice dice, CancellationToken cancellationToken) =>
        dice.Chance(DiskWaits) ? loop.DelayAsync(dice.Span(Shortest, DiskDelay), cancellationToken) : Task.CompletedTask;

    public Task JournalAsync(Loop loop, Dice dice, CancellationToken cancellationToken) =>
        dice.Chance(JournalWaits) ? loop.DelayAsync(dice.Span(Shortest, JournalDelay), cancellationToken) : Task.CompletedTask;

    static readonly TimeSpan Shortest = TimeSpan.FromMicroseconds(50);
}
