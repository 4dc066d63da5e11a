using System.Text;
using BenchmarkDotNet.Attributes;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Benchmarks.Mime;

/// <summary>
/// What taking a Content-Transfer-Encoding off costs beside reading the part as it is: toolkits exist that send files of gigabytes in
/// base64, and quoted-printable where they think it text. 16 MiB encoded, in the server's large blocks. Wanted: no allocation that grows
/// with the size.
/// </summary>
[MemoryDiagnoser]
public class TransferDecodingBenchmarks
{
    const int EncodedBytes = 16 * 1024 * 1024;
    const int SegmentBytes = 256 * 1024;
    const string Boundary = "part30313233343536373839616263646566";

    static readonly MediaType ContentType = new("multipart", "related", [new("boundary", Boundary)]);

    readonly SegmentSource _binary = Message("binary", Base64Lines());
    readonly SegmentSource _base64 = Message("base64", Base64Lines());
    readonly SegmentSource _quotedPrintable = Message("quoted-printable", QuotedPrintableLines());

    [Benchmark(Baseline = true)]
    public Task<long> Binary() => ReadAsync(_binary);

    [Benchmark]
    public Task<long> Base64() => ReadAsync(_base64);

    [Benchmark]
    public Task<long> QuotedPrintable() => ReadAsync(_quotedPrintable);

    static async Task<long> ReadAsync(SegmentSource source)
    {
        source.Rewind();
        var reader = new MultipartReader(source, ContentType);
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
        return bytes;
    }

    static SegmentSource Message(string encoding, string body) => new(
        Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
            + $"{body}\r\n--{Boundary}--\r\n"),
        SegmentBytes);

    static string Base64Lines()
    {
        var bytes = new byte[EncodedBytes / 4 * 3];
        new Random(1).NextBytes(bytes);
        return Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
    }

    // A line of an address file in CP932, every third character of it escaped, with a soft line break.
    static string QuotedPrintableLines()
    {
        const string Line = "142051,0000000001,=93=A1=91=F2=8Es=92=A9=93=FA=92=AC1-1,W,128.40,2026-=\r\n11-22\r\n";
        return new StringBuilder(EncodedBytes + Line.Length).Insert(0, Line, EncodedBytes / Line.Length).ToString();
    }
}
