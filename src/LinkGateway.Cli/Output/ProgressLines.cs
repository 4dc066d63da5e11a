using System.Globalization;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Sending;

namespace LinkGateway.Cli.Output;

/// <summary>A line every few seconds, and one for each new step and each trouble; for logs.</summary>
sealed class ProgressLines(CliHost host, bool quiet) : IProgress<SendProgress>
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly Lock _gate = new();
    readonly long _began = host.Time.GetTimestamp();
    SendPhase? _phase;
    long _lastAt;

    public void Report(SendProgress value)
    {
        lock (_gate)
        {
            if (value.Trouble is { } trouble) host.Error.WriteLine(PhaseNames.Trouble(trouble));
            if (quiet || (_phase == value.Phase && host.Time.GetElapsedTime(_lastAt) < Interval)) return;
            (_phase, _lastAt) = (value.Phase, host.Time.GetTimestamp());
            host.Error.WriteLine(value.Phase == SendPhase.Sending ? Line(value) : PhaseNames.Of(value.Phase));
        }
    }

    string Line(SendProgress value)
    {
        var seconds = host.Time.GetElapsedTime(_began).TotalSeconds;
        var rate = seconds > 0 ? value.Sent / seconds : 0;
        if (value.Total is not { } total) return Say.Text(Messages.ProgressOpenEnded, Quantities.Size(value.Done), Quantities.Size(rate));
        var percent = total == 0 ? 100 : 100.0 * value.Done / total;
        var left = rate > 0 ? Quantities.Time(TimeSpan.FromSeconds((total - value.Done) / rate)) : "--:--:--";
        return Say.Text(Messages.ProgressLine, percent.ToString("0", CultureInfo.InvariantCulture),
            Quantities.Size(value.Done), Quantities.Size(total), Quantities.Size(rate), left);
    }
}
