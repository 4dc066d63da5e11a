using System.Diagnostics;

namespace LinkGateway.FaultHarness.Proxying;

/// <summary>Lets a number of bytes a second pass, on all connections together. Thread-safe.</summary>
/// <param name="bytesPerSecond">How many; 0 for all.</param>
sealed class ByteRate(long bytesPerSecond)
{
    static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(5);

    readonly Lock _lock = new();
    double _free = Now;

    static double Now => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    /// <summary>Most bytes to take at once, so that a slow line looks slow and not like a row of silences.</summary>
    public int Portion { get; } = bytesPerSecond == 0 ? 64 * 1024 : (int)Math.Clamp(bytesPerSecond / 20, 256, 64 * 1024);

    /// <summary>Waits until these bytes would be through.</summary>
    public Task PassAsync(int bytes, CancellationToken cancellationToken)
    {
        if (bytesPerSecond == 0) return Task.CompletedTask;
        TimeSpan wait;
        lock (_lock)
        {
            _free = Math.Max(_free, Now - Slack.TotalSeconds) + ((double)bytes / bytesPerSecond);
            wait = TimeSpan.FromSeconds(Math.Max(_free - Now, 0));
        }
        return wait < Slack ? Task.CompletedTask : Task.Delay(wait, cancellationToken);
    }
}
