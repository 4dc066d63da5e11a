using System.Text;
using BenchmarkDotNet.Attributes;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Benchmarks.Mime;

/// <summary>
/// What the headers of one message cost: a Content-Type is parsed twice for every relayed call (request and answer), part headers for every
/// small file. Wanted: microseconds, and little garbage.
/// </summary>
[MemoryDiagnoser]
public class HeaderBenchmarks
{
    const string Boundary = "part30313233343536373839616263646566";

    static readonly MediaType Multipart = new("multipart", "related", [new("boundary", Boundary)]);

    readonly SegmentSource _message = new(
        Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
            + $"Content-ID: <root@example>\r\n\r\n\r\n--{Boundary}\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: binary\r\n"
            + $"Content-ID: <file@example>\r\nContent-Disposition: attachment;\r\n filename=\"kaoku.csv\"\r\n\r\n\r\n--{Boundary}--\r\n"),
        4 * 1024);

    readonly string _plainType = "text/xml; charset=utf-8";
    readonly string _multipartType = $"multipart/related; boundary=\"{Boundary}\"; type=\"text/xml\"; start=\"<root@example>\"";

    [Benchmark]
    public string PlainContentType() => Parse(_plainType);

    [Benchmark]
    public string MultipartContentType() => Parse(_multipartType);

    /// <summary>Two parts without content, three and four headers, one of them folded.</summary>
    [Benchmark]
    public async Task<int> PartHeaders()
    {
        _message.Rewind();
        var reader = new MultipartReader(_message, Multipart);
        var headers = 0;
        while (await reader.ReadNextPartAsync() is { } part)
            headers += part.Headers.Count;
        return headers;
    }

    static string Parse(string text) =>
        MediaType.TryParse(text, out var type) ? type.Essence : throw new InvalidOperationException($"{text} was not read.");
}
