using System.Globalization;
using BenchmarkDotNet.Attributes;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Routing;

namespace LinkGateway.Benchmarks.Routing;

/// <summary>
/// What finding a route costs in a large gateway, a thousand routes: it is asked for every call and every file. Wanted: tens of
/// nanoseconds whatever the number of routes, and no allocation.
/// </summary>
[MemoryDiagnoser]
public class RouteLookupBenchmarks
{
    const int Origins = 50;
    const int Interfaces = 20;
    const string Receiver = "142051-akiya";

    static readonly OrganisationCode Organisation = OrganisationCode.TryParse("142051", out var code)
        ? code
        : throw new InvalidOperationException();

    readonly ConfigurationSnapshot _snapshot = Read();

    [Benchmark]
    public Route? OfTransfer() => _snapshot.Routes.Resolve("origin-49", "interface-19", Receiver);

    [Benchmark]
    public Route? OfCall() => _snapshot.Services.Resolve("origin-49", "Service19", Organisation);

    [Benchmark]
    public Route? Refused() => _snapshot.Routes.Resolve("origin-49", "interface-19", "nobody");

    static ConfigurationSnapshot Read()
    {
        var origins = Numbers(Origins, "{{ \"id\": \"origin-{0}\" }}");
        var interfaces = Numbers(
            Interfaces, "{{ \"id\": \"interface-{0}\", \"service\": {{ \"name\": \"Service{0}\", \"wsdl\": \"{0}.wsdl\" }} }}");
        var routes = string.Join(", ", Enumerable.Range(0, Origins).Select(origin => Numbers(Interfaces,
            $"{{{{ \"origin\": \"origin-{origin}\", \"interface\": \"interface-{{0}}\", \"receiver\": \"{Receiver}\", "
            + "\"destination\": \"backend\" }}")));
        var result = GatewayConfiguration.Parse(
            $$"""
            {
              "gateway": { "id": "gw-bench", "environment": "test" },
              "data": { "directory": "data" },
              "catalogue": { "folder": "contracts" },
              "listeners": [ { "url": "http://127.0.0.1:0", "allowPlainHttp": true } ],
              "participants": [ {{origins}}, { "id": "{{Receiver}}", "organisationCode": "142051" } ],
              "interfaces": [ {{interfaces}} ],
              "destinations": [ { "id": "backend", "kind": "service", "url": "http://127.0.0.1:1/" } ],
              "routes": [ {{routes}} ]
            }
            """,
            Path.GetTempPath());
        return result.Snapshot ?? throw new InvalidOperationException(string.Join(Environment.NewLine, result.Errors));
    }

    static string Numbers(int count, string format) =>
        string.Join(", ", Enumerable.Range(0, count).Select(number => string.Format(CultureInfo.InvariantCulture, format, number)));
}
