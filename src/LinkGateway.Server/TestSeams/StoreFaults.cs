using LinkGateway.Core.Files;

namespace LinkGateway.Server.TestSeams;

/// <summary>Lets a store fail as disks and file servers do.</summary>
sealed class StoreFaults(Seams seams, Func<SeamOrders, StoreTrouble> which) : IFileSeam
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    StoreTrouble Trouble => which(seams.Orders);

    public async ValueTask BeforeAsync(FileStep step, string path)
    {
        // Nobody can call back a write to a file server that does not answer: cancelling does not end this wait.
        while (Trouble.Hangs) await Task.Delay(Pause);
        var trouble = Trouble;
        if (trouble.Full && step is FileStep.Create or FileStep.Write or FileStep.CreateDirectory)
            Refuse(StorageFailure.Full, step, path);
        if (trouble.ReadOnly && step is not (FileStep.Open or FileStep.Look or FileStep.Read or FileStep.FlushDirectory))
            Refuse(StorageFailure.ReadOnly, step, path);
        if (step is FileStep.Flush or FileStep.FlushDirectory) await Task.Delay(trouble.FlushTime);
    }

    public void After(FileStep step)
    {
    }

    static void Refuse(StorageFailure failure, FileStep step, string path) =>
        throw new StorageException(failure, $"{path}: {failure}, by order of the test ({step})");
}
