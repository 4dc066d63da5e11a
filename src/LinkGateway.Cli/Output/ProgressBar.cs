using LinkGateway.Client.Sending;
using Spectre.Console;

namespace LinkGateway.Cli.Output;

/// <summary>A bar with rate and time left.</summary>
sealed class ProgressBar(ProgressTask task, IAnsiConsole console) : IProgress<SendProgress>
{
    public void Report(SendProgress value)
    {
        lock (task)
        {
            task.IsIndeterminate = value.Total is null;
            if (value.Total is > 0) task.MaxValue = value.Total.Value;
            task.Value = value.Done;
            if (value.Trouble is { } trouble) console.WriteLine(PhaseNames.Trouble(trouble));
        }
    }
}
