using LinkGateway.Core.Files;
using LinkGateway.Simulation.Plants;

namespace LinkGateway.Simulation.Hosts;

/// <summary>An open file of <see cref="HostFiles"/>.</summary>
sealed class HostFile(HostFiles files, Host host, IFileHandle inner, string path) : IFileHandle
{
    public async ValueTask<long> LengthAsync(CancellationToken cancellationToken)
    {
        await files.BeforeAsync(cancellationToken);
        return await inner.LengthAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await files.BeforeAsync(cancellationToken);
        var first = data.Length > 1 && host.Dice.Chance(0.2) ? host.Dice.Between(1, data.Length - 1) : data.Length;
        await inner.WriteAsync(offset, data[..first], cancellationToken);
        await files.AfterAsync();
        if (first < data.Length) await inner.WriteAsync(offset + first, data[first..], cancellationToken);
    }

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await files.BeforeAsync(cancellationToken);
        host.FailRead(path);
        return await inner.ReadAsync(offset, buffer, cancellationToken);
    }

    public void StartWriteBack(long offset, long length) => inner.StartWriteBack(offset, length);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await files.BeforeAsync(cancellationToken);
        if (host.Night.Plant != Plant.SkipFsync) await inner.FlushAsync(cancellationToken);
        await files.AfterAsync();
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
