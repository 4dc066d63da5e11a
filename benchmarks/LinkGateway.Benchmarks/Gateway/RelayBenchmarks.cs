using System.Text;
using BenchmarkDotNet.Attributes;
using LinkGateway.Benchmarks.Allocations;
using LinkGateway.LoadBench.Load;

namespace LinkGateway.Benchmarks.Gateway;

/// <summary>
/// What a synchronous call of 4 KiB with an answer of 2 KiB costs a whole gateway: server, relay and client to the receiver, whose other
/// ends allocate nothing. Thousands of calls a second live or die by the garbage of each. Wanted: under 8 KiB allocated a call.
/// </summary>
[MemoryDiagnoser]
[AllocationTolerance(5)]
public class RelayBenchmarks
{
    const int Calls = 100;

    RawBackend _backend = null!;
    GatewayInProcess _gateway = null!;
    RawHttp _caller = null!;
    byte[] _request = [];

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _backend = new RawBackend([
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {LookupMessages.Answer.Length}\r\n\r\n"),
            .. LookupMessages.Answer,
        ]);
        _gateway = await GatewayInProcess.StartAsync(_backend.Address);
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{GatewayInProcess.Origin}:{GatewayInProcess.Password}"));
        _request = [
            .. Encoding.ASCII.GetBytes($"POST /services/142051/Lookup HTTP/1.1\r\nHost: {_gateway.Address.Authority}\r\n"
                + $"Authorization: Basic {credentials}\r\nContent-Type: text/xml; charset=utf-8\r\n"
                + "SOAPAction: \"http://linkgateway.example/bench/lookup/Lookup\"\r\n"
                + $"Content-Length: {LookupMessages.Request.Length}\r\n\r\n"),
            .. LookupMessages.Request,
        ];
        _caller = RawHttp.Connect(_gateway.Address);
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _caller.Dispose();
        await _gateway.DisposeAsync();
        _backend.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int Call()
    {
        var bytes = 0;
        for (var i = 0; i < Calls; i++)
        {
            _caller.Send(_request);
            bytes += _caller.ReceiveSuccess();
        }
        return bytes;
    }
}
