using System.Globalization;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Receiving;

namespace LinkGateway.Cli.Output;

/// <summary>A line every few seconds while a file is fetched, and one for each trouble; for logs.</summary>
sealed class ReceiveLines(CliHost host, bool quiet) : IProgress<ReceiveProgress>
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    long _lastAt = host.Time.GetTimestamp();

    public void Report(ReceiveProgress value)
    {
        if (value.Trouble is { } trouble) host.Error.WriteLine(PhaseNames.Trouble(trouble));
        if (quiet || value.Step != ReceiveStep.Fetching || host.Time.GetElapsedTime(_lastAt) < Interval) return;
        _lastAt = host.Time.GetTimestamp();
        var percent = value.Size == 0 ? 100 : 100.0 * value.Done / value.Size;
        host.Error.WriteLine(Say.Text(Messages.ReceiveLine, value.FileName, percent.ToString("0", CultureInfo.InvariantCulture),
            Quantities.Size(value.Done), Quantities.Size(value.Size)));
    }
}
