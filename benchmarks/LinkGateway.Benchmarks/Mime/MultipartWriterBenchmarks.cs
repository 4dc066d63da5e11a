using BenchmarkDotNet.Attributes;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Benchmarks.Mime;

/// <summary>
/// What the multipart writer costs beside copying the same segments into the same pipe: it stands in the path of every forward and every
/// fetch. One part of 64 MiB from a pipe. Wanted: the time of the copy, and no allocation that grows with the number of segments.
/// </summary>
[MemoryDiagnoser]
public class MultipartWriterBenchmarks
{
    const int BodyBytes = 64 * 1024 * 1024;
    const string Boundary = "part30313233343536373839616263646566";

    static readonly MimeHeaders Headers = MimeHeaders.ForPart("file@benchmark", new MediaType("text", "csv"));

    readonly NullPipeWriter _output = new();
    SegmentSource _source = null!;
    ReadOnlyMemory<byte>[] _segments = null!;

    /// <summary>Bytes of a segment: as a network connection brings them, and as the store does.</summary>
    [Params(4 * 1024, 256 * 1024)]
    public int SegmentBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var body = new byte[BodyBytes];
        new Random(1).NextBytes(body);
        _source = new SegmentSource(body, SegmentBytes);
        _segments = [.. _source.Segments];
    }

    [Benchmark(Baseline = true)]
    public async Task<long> Copy()
    {
        foreach (var segment in _segments)
            await _output.WriteAsync(segment);
        return _output.Written;
    }

    [Benchmark]
    public async Task<long> MultipartWriter()
    {
        _source.Rewind();
        var writer = new MultipartWriter(_output, Boundary);
        await writer.WritePartAsync(Headers, _source);
        await writer.CompleteAsync();
        return _output.Written;
    }
}
