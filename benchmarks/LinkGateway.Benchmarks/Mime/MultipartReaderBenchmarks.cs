using System.Text;
using BenchmarkDotNet.Attributes;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Benchmarks.Mime;

/// <summary>
/// What the multipart reader costs beside the least that must be done: one vectorised search for the boundary over the same
/// segments. 64 MiB of CSV, lines of about 100 bytes ended by CRLF, in one binary part. Wanted: at most twice the baseline, and no
/// allocation that grows with the number of segments.
/// </summary>
[MemoryDiagnoser]
public class MultipartReaderBenchmarks
{
    const int BodyBytes = 64 * 1024 * 1024;
    const string Boundary = "part30313233343536373839616263646566";

    static readonly MediaType ContentType = new("multipart", "related", [new("boundary", Boundary)]);
    static readonly byte[] Delimiter = Encoding.ASCII.GetBytes($"\n--{Boundary}");

    SegmentSource _source = null!;
    ReadOnlyMemory<byte>[] _segments = null!;

    /// <summary>Bytes of a segment: Kestrel's own blocks, and the large ones that the gateway uses.</summary>
    [Params(4 * 1024, 256 * 1024)]
    public int SegmentBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _source = new SegmentSource(MakeMessage(), SegmentBytes);
        _segments = [.. _source.Segments];
    }

    [Benchmark(Baseline = true)]
    public int IndexOf()
    {
        var found = 0;
        foreach (var segment in _segments)
        {
            if (segment.Span.IndexOf(Delimiter) >= 0)
                found++;
        }
        return found;
    }

    [Benchmark]
    public async Task<long> MultipartReader()
    {
        _source.Rewind();
        var reader = new MultipartReader(_source, ContentType);
        long bytes = 0;
        while (await reader.ReadNextPartAsync() is { } part)
        {
            while (true)
            {
                var read = await part.Body.ReadAsync();
                bytes += read.Buffer.Length;
                part.Body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }
        }
        return bytes == BodyBytes ? bytes : throw new InvalidOperationException($"{bytes} bytes were read.");
    }

    static byte[] MakeMessage()
    {
        var head = Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: Binary\r\n\r\n");
        var tail = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");
        var message = new byte[head.Length + BodyBytes + tail.Length];
        head.CopyTo(message, 0);
        tail.CopyTo(message, head.Length + BodyBytes);

        var body = message.AsSpan(head.Length, BodyBytes);
        var random = new Random(1);
        for (var row = 0; !body.IsEmpty; row++)
        {
            var line = Encoding.ASCII.GetBytes(
                $"142051,{row:D10},\"{random.NextInt64():D19}\",{random.Next(100)}-{random.Next(100)},W,{random.NextDouble() * 300:F2},"
                + $"{random.Next()},{random.NextInt64():D19},2026-11-22\r\n");
            line.AsSpan(0, Math.Min(line.Length, body.Length)).CopyTo(body);
            body = body[Math.Min(line.Length, body.Length)..];
        }
        return message;
    }
}
