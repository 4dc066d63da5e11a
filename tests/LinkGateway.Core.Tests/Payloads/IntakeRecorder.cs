using LinkGateway.Contract.Identity;
using LinkGateway.Core.Payloads;

namespace LinkGateway.Core.Tests.Payloads;

/// <summary>A target that keeps the bytes of every chunk, and fails where a test says so.</summary>
sealed class IntakeRecorder : IIntakeTarget
{
    public Dictionary<int, MemoryStream> Written { get; } = [];

    public List<(int Index, long Length, Sha256Digest Digest)> Ended { get; } = [];

    public Func<int, Task> Begin { get; init; } = _ => Task.CompletedTask;

    public Func<int, Task> Write { get; init; } = _ => Task.CompletedTask;

    public Func<int, Task> End { get; init; } = _ => Task.CompletedTask;

    public async ValueTask<IChunkWriter?> BeginChunkAsync(int index, CancellationToken cancellationToken)
    {
        await Begin(index);
        return new Writer(this, index);
    }

    public async ValueTask EndChunkAsync(int index, long length, Sha256Digest digest, CancellationToken cancellationToken)
    {
        await End(index);
        lock (Ended) Ended.Add((index, length, digest));
    }

    sealed class Writer(IntakeRecorder recorder, int index) : IChunkWriter
    {
        public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            await recorder.Write(index);
            lock (recorder.Written)
            {
                if (!recorder.Written.TryGetValue(index, out var bytes)) recorder.Written.Add(index, bytes = new MemoryStream());
                bytes.Write(data.Span);
            }
        }

        public ValueTask CompleteAsync(CancellationToken cancellationToken) => default;

        public ValueTask DisposeAsync() => default;
    }
}
