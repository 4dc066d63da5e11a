using LinkGateway.Core.Files;

namespace LinkGateway.Server.TestSeams;

/// <summary>An open file with a seam before and behind each step.</summary>
sealed class SeamFile(IFileHandle file, IFileSeam seam, string path) : IFileHandle
{
    public async ValueTask<long> LengthAsync(CancellationToken cancellationToken)
    {
        await seam.BeforeAsync(FileStep.Look, path);
        return await file.LengthAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await seam.BeforeAsync(FileStep.Write, path);
        await file.WriteAsync(offset, data, cancellationToken);
        seam.After(FileStep.Write);
    }

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await seam.BeforeAsync(FileStep.Read, path);
        return await file.ReadAsync(offset, buffer, cancellationToken);
    }

    public void StartWriteBack(long offset, long length) => file.StartWriteBack(offset, length);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await seam.BeforeAsync(FileStep.Flush, path);
        await file.FlushAsync(cancellationToken);
        seam.After(FileStep.Flush);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
