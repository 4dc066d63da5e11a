using System.Diagnostics;

namespace LinkGateway.Server.TestSeams;

/// <summary>
/// Ends the process by SIGKILL before or after the n-th step that changes a folder. Reading and writing bytes is no step: only what makes
/// names or makes them durable decides what a receiver sees.
/// </summary>
sealed class KillSwitch(Seams seams) : IFileSeam
{
    readonly Lock _counting = new();
    SeamOrders? _counted;
    int _steps;

    public ValueTask BeforeAsync(FileStep step, string path)
    {
        if (Counts(step) && Next(out var orders) == orders.KillBefore) Kill();
        return ValueTask.CompletedTask;
    }

    public void After(FileStep step)
    {
        if (!Counts(step)) return;
        lock (_counting)
        {
            if (_steps == _counted!.KillAfter) Kill();
        }
    }

    static bool Counts(FileStep step) => step is FileStep.Create or FileStep.Flush or FileStep.Rename or FileStep.Delete
        or FileStep.CreateDirectory or FileStep.FlushDirectory;

    int Next(out SeamOrders orders)
    {
        lock (_counting)
        {
            orders = seams.Orders;
            if (!ReferenceEquals(orders, _counted)) _steps = 0;
            _counted = orders;
            return ++_steps;
        }
    }

    static void Kill()
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
