using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using LinkGateway.Benchmarks.Allocations;
using LinkGateway.Benchmarks.Mime;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Payloads;
using LinkGateway.Server.Ports;

namespace LinkGateway.Benchmarks.Payloads;

/// <summary>
/// What cutting an upload into chunks and hashing each and the whole costs beside the two hashes alone: the price of our pipeline without
/// network and disk. 64 MiB in four chunks, from the server's large blocks. Wanted: the time of the hashes, and nothing allocated
/// for a block.
/// </summary>
[MemoryDiagnoser]
public class ChunkHasherBenchmarks
{
    const int BodyBytes = 64 * 1024 * 1024;
    const int ChunkBytes = 16 * 1024 * 1024;
    const int SegmentBytes = 256 * 1024;

    readonly SystemScheduler _scheduler = new(TimeProvider.System);
    SegmentSource _source = null!;
    ReadOnlyMemory<byte>[] _segments = null!;

    [GlobalSetup]
    public void Setup()
    {
        var body = new byte[BodyBytes];
        new Random(1).NextBytes(body);
        _source = new SegmentSource(body, SegmentBytes);
        _segments = [.. _source.Segments];
    }

    [Benchmark(Baseline = true)]
    public byte[] TwoHashes()
    {
        using var chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var segment in _segments)
        {
            chunk.AppendData(segment.Span);
            whole.AppendData(segment.Span);
        }
        chunk.GetHashAndReset();
        return whole.GetHashAndReset();
    }

    /// <summary>As it runs when there are as many uploads as cores.</summary>
    [Benchmark]
    [AllocationTolerance(5)]
    public Task<long> InLine() => TakeInAsync(staged: false);

    /// <summary>As it runs for a single upload, on both cores.</summary>
    [Benchmark]
    [AllocationTolerance(15)]
    public Task<long> Staged() => TakeInAsync(staged: true);

    async Task<long> TakeInAsync(bool staged)
    {
        _source.Rewind();
        await using var intake = new PayloadIntake(
            new NoTarget(), _scheduler, staged, firstIndex: 0, ChunkBytes, hashWhole: true, CancellationToken.None);
        await intake.AppendAllAsync(_source, BodyBytes);
        return (await intake.CompleteAsync()).Length;
    }

    sealed class NoTarget : IIntakeTarget
    {
        public ValueTask<IChunkWriter?> BeginChunkAsync(int index, CancellationToken cancellationToken) => default;

        public ValueTask EndChunkAsync(int index, long length, Sha256Digest digest, CancellationToken cancellationToken) => default;
    }
}
