using LinkGateway.Samples.Shared;

namespace LinkGateway.Samples.QuickStart;

/// <summary>What the sample shows at its end.</summary>
static class Report
{
    public static void Write(long bytes, long rows, TimeSpan elapsed, Gateway[] gateways, (string What, string Value)[] more)
    {
        Console.WriteLine();
        Row("bytes", $"{bytes:N0} ({rows:N0} records)");
        Row("seconds", $"{elapsed.TotalSeconds:F2} (send, two hops, publication, receipt back)");
        Row("MB/s", $"{bytes / elapsed.TotalSeconds / 1e6:F0}");
        foreach (var gateway in gateways) Row($"peak memory {gateway.Id}", $"{gateway.PeakMemory() / (double)(1 << 20):F0} MiB");
        foreach (var (what, value) in more) Row(what, value);
        foreach (var gateway in gateways) Row($"folder {gateway.Id}", gateway.Folder);
        Console.WriteLine("\nThe landed file is bit-identical and its delivered receipt is valid.");
    }

    public static void Explore(Gateway a, Gateway b, IReadOnlyDictionary<string, string> passwords) => Console.WriteLine($"""

        Both gateways keep running (Ctrl+C ends them):
          {a.Id}  {a.Address}/batch?wsdl  process {a.ProcessId}
          {b.Id}  {b.Address}/batch?wsdl  process {b.ProcessId}
        Send a file of your own:
          export LINKGW_PASSWORD={passwords[Configurations.OriginPassword]}
          dotnet run --project src/LinkGateway.Cli -- send FILE --server {a.Address}/batch --trust {a.TlsCertificate} \
            --user {Configurations.Origin} --interface {Configurations.Interface} --to {Configurations.Receiver} --kind full --environment test --wait delivered
        """);

    static void Row(string what, string value) => Console.WriteLine($"  {what,-18} {value}");
}
