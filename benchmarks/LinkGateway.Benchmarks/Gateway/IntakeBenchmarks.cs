using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using LinkGateway.Benchmarks.Allocations;
using LinkGateway.Benchmarks.Messages;

namespace LinkGateway.Benchmarks.Gateway;

/// <summary>
/// What a whole gateway allocates for a file of 256 MiB by SubmitFile over HTTP: server, multipart reader, digests, spool file in memory,
/// journal and receipt; the sender allocates nothing. Memory must not follow the size of files (DESIGN section 8).
/// Wanted: under 2 MiB a GiB, so 512 KiB here. The tolerance is wide, and ends there: a wait allocates, and how often the parts of the
/// gateway wait for each other is the machine's affair.
/// </summary>
[MemoryDiagnoser]
[AllocationTolerance(40)]
public class IntakeBenchmarks
{
    const int BlockBytes = 1 << 20;
    const int Blocks = 256;

    readonly byte[] _block = new byte[BlockBytes];
    readonly byte[] _end = SubmitMessages.End;
    GatewayInProcess _gateway = null!;
    RawHttp _sender = null!;
    int _number;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        new Random(1).NextBytes(_block);
        _gateway = await GatewayInProcess.StartAsync();
        _sender = RawHttp.Connect(_gateway.Address);
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _sender.Dispose();
        await _gateway.DisposeAsync();
    }

    [Benchmark]
    public int SubmitFile()
    {
        _sender.Send(Begin($"file-{_number++:D6}"));
        for (var i = 0; i < Blocks; i++) _sender.Send(_block);
        _sender.Send(_end);
        var answer = _sender.ReceiveSuccess();
        _gateway.RemovePayloads();
        return answer;
    }

    byte[] Begin(string transferId)
    {
        var begin = SubmitMessages.Begin(transferId);
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{GatewayInProcess.Origin}:{GatewayInProcess.Password}"));
        var length = (begin.Length + (long)BlockBytes * Blocks + _end.Length).ToString(CultureInfo.InvariantCulture);
        return [
            .. Encoding.ASCII.GetBytes($"POST /batch HTTP/1.1\r\nHost: {_gateway.Address.Authority}\r\n"
                + $"Authorization: Basic {credentials}\r\nContent-Type: {SubmitMessages.ContentType}\r\nSOAPAction: \"\"\r\n"
                + $"Content-Length: {length}\r\n\r\n"),
            .. begin,
        ];
    }
}
