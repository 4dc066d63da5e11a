using BenchmarkDotNet.Attributes;
using LinkGateway.Benchmarks.Messages;
using LinkGateway.Benchmarks.Mime;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.LoadBench.Load;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Benchmarks.Envelope;

/// <summary>
/// What reading an envelope costs on its two paths: a relayed call of 4 KiB, proved whole and passed on as bytes, and a SubmitFile request
/// down to its typed fields. Wanted: nothing allocated for the relayed envelope's elements, which nobody reads.
/// </summary>
[MemoryDiagnoser]
public class EnvelopeReaderBenchmarks
{
    const string XmlType = "text/xml; charset=utf-8";

    static readonly MediaType Xml = new("text", "xml", [new("charset", "utf-8")]);

    readonly SegmentSource _call = new(LookupMessages.Request, 4 * 1024);
    readonly SegmentSource _submit = new(SubmitMessages.Envelope("2026-11-22-0001"), 4 * 1024);

    [Benchmark]
    public async Task<int> RelayedCall()
    {
        _call.Rewind();
        using var message = await RelayedMessage.ReadAsync(_call, XmlType, Xml);
        return message.Head.Length;
    }

    [Benchmark]
    public async Task<SubmitFileRequest?> SubmitFile()
    {
        _submit.Rewind();
        using var message = await SoapMessage.ReadAsync(_submit, Xml);
        using var reader = message.Envelope.ReadBody();
        return BatchOperations.SubmitFile.ReadRequest(reader, TimeZoneInfo.Utc).Value;
    }
}
