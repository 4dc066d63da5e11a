using LinkGateway.Samples.Shared;

namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>What the sample shows at its end.</summary>
static class Report
{
    public static void Lookups(IReadOnlyList<Finding> findings, Stretch asking, Stretch transfer)
    {
        var times = findings.SelectMany(finding => finding.Milliseconds).Order().ToArray();
        Console.WriteLine();
        foreach (var group in findings.GroupBy(finding => (finding.Outcome, finding.Code)).OrderBy(group => group.Key))
            Row(group.Key.Outcome, $"{group.Count():N0} {group.Key.Code}");
        Row("of them beside", $"{findings.Count(finding => transfer.Contains(finding.StartedAt)):N0} began while the file was on its way");
        Row("calls answered", $"{times.Length:N0}, {times.Length / asking.Length.TotalSeconds:F0} a second");
        Row("latency", $"p50 {Percentile(times, 0.50):F1} ms, p99 {Percentile(times, 0.99):F1} ms, longest {times[^1]:F1} ms");
    }

    public static void Transfer(long bytes, long rows, Stretch transfer)
    {
        var seconds = transfer.Length.TotalSeconds;
        Row("file", $"{bytes:N0} bytes ({rows:N0} records) in {seconds:F2} s, {bytes / seconds / 1e6:F0} MB/s with receipt");
    }

    public static void Registered(Arrival arrival) =>
        Row("registered", $"{arrival.ReportId} {arrival.HouseNumber} {arrival.Location}, once");

    public static void Memory(Gateway gateway) => Row("peak memory", $"{gateway.PeakMemory() / (double)(1 << 20):F0} MiB of the gateway");

    public static void AllRight() => Console.WriteLine("""

        Every answer was right, every fault told whose it is, the house was registered once, the file is bit-identical;
        both receipts are valid.
        """);

    public static void Explore(Gateway gateway, VendorSystem tax, VendorSystem vacant, string password) => Console.WriteLine($"""

        Everything keeps running (Ctrl+C ends it):
          gateway              {gateway.Address}  process {gateway.ProcessId}
          property-tax system  {tax.Address}  process {tax.ProcessId}
          vacant-house system  {vacant.Address}  process {vacant.ProcessId}
        The contract as the vacant-house system sees it:
          curl -k -u {Configuration.VacantHouses}:{password} '{gateway.Address}/services/142051/HouseLookup?wsdl'
        The record of all calls:
          {Path.Combine(gateway.DataFolder, "calls")}
        """);

    static double Percentile(double[] ordered, double share) => ordered[(int)Math.Min(ordered.Length * share, ordered.Length - 1)];

    static void Row(string what, string value) => Console.WriteLine($"  {what,-18} {value}");
}
