using System.Runtime.InteropServices;

namespace LinkGateway.Samples.Shared;

/// <summary>Runs a sample in a temporary folder, to its end or until it is stopped.</summary>
static class SampleRun
{
    /// <param name="name">Of the sample; a part of the folder's.</param>
    /// <param name="run">Runs in a folder; nothing that it started is left when it ends.</param>
    /// <param name="cleanUp">Whether the folder goes when all went well.</param>
    /// <returns>The exit code: 0 only when all went well.</returns>
    public static async Task<int> RunAsync(string name, Func<string, CancellationToken, Task> run, bool cleanUp = false)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var folder = Directory.CreateTempSubdirectory($"linkgateway-{name}-").FullName;
        try
        {
            await run(folder, stop.Token);
            if (cleanUp) Directory.Delete(folder, recursive: true);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped.");
            return 130;
        }
        catch (SampleException e)
        {
            Console.Error.WriteLine($"FAILED: {e.Message}\nEverything is kept in {folder}.");
            return 1;
        }
    }

    /// <summary>Tells of the next step.</summary>
    public static void Say(string text) => Console.WriteLine($"\n── {text}");
}
