using BenchmarkDotNet.Attributes;
using LinkGateway.Benchmarks.Messages;
using LinkGateway.Benchmarks.Mime;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.LoadBench.Load;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Benchmarks.Envelope;

/// <summary>
/// What writing an envelope costs on its two paths: a relayed call of 4 KiB as it came and in the other version of SOAP, and the batch
/// path's requests and answers from typed fields. Wanted: nothing allocated for what is passed on as it came.
/// </summary>
[MemoryDiagnoser]
public class EnvelopeWriterBenchmarks
{
    static readonly MediaType Xml = new("text", "xml", [new("charset", "utf-8")]);

    readonly NullPipeWriter _output = new();
    readonly SubmitFileRequest _request = SubmitMessages.Request("2026-11-22-0001");
    readonly AcceptResult _result = new()
    {
        State = "Accepted",
        Receipt = new ReceiptEntry
        {
            ReceiptId = "00000000000000000000000000000001",
            Kind = "accepted",
            Issuer = "gw-fujisawa",
            Origin = "142051-kaoku",
            TransferId = "2026-11-22-0001",
            Replay = 0,
            Size = 4096,
            Sha256 = Sha256Digest.Of("file"u8),
            At = DateTimeOffset.UnixEpoch,
            ReceiptDocument = new byte[2500],
        },
    };
    RelayedMessage _call = null!;

    [GlobalSetup]
    public async Task SetupAsync() =>
        _call = await RelayedMessage.ReadAsync(new SegmentSource(LookupMessages.Request, 4 * 1024), "text/xml; charset=utf-8", Xml);

    [GlobalCleanup]
    public void Cleanup() => _call.Dispose();

    [Benchmark]
    public async Task<long> RelayedCall()
    {
        await _call.WriteToAsync(_output, CancellationToken.None);
        return _output.Written;
    }

    [Benchmark]
    public int RelayedCallInOtherVersion() => EnvelopeRewriter.Convert(_call.Envelope, SoapVersion.Soap12).Length;

    [Benchmark]
    public Task<long> SubmitFileRequest() => WriteAsync(
        OutgoingMessage.Create(SoapVersion.Soap11, writer => BatchOperations.SubmitFile.WriteRequest(writer, _request)));

    [Benchmark]
    public Task<long> SubmitFileAnswer() => WriteAsync(
        OutgoingMessage.Create(SoapVersion.Soap11, writer => BatchOperations.SubmitFile.WriteResult(writer, _result)));

    async Task<long> WriteAsync(OutgoingMessage message)
    {
        await message.WriteToAsync(_output, CancellationToken.None);
        return _output.Written;
    }
}
