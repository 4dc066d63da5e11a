using System.Globalization;
using System.Text;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Load;

/// <summary>Synchronous calls by wrk: some connections, each with one call under way.</summary>
static class Wrk
{
    /// <summary>Debian package that has the program.</summary>
    public const string Package = "wrk";

    /// <summary>Calls for some seconds.</summary>
    /// <param name="address">Where.</param>
    /// <param name="connections">How many.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="measured">The process that answers.</param>
    /// <param name="folder">For the script.</param>
    public static async Task<Sample> RunAsync(Uri address, int connections, int seconds, int measured, string folder)
    {
        var script = Path.Combine(folder, "call.lua");
        await File.WriteAllTextAsync(script, Script());
        var output = "";
        var sample = await Measured.RunAsync(measured, 0, async () => output = await Child.OutputOfAsync(
            "wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, address.AbsoluteUri]));
        var numbers = output.Split('\n').Last(line => line.StartsWith("numbers ", StringComparison.Ordinal)).Split(' ')[1..]
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        if (numbers is not [> 0 and var calls, var microseconds, var p50, var p99, var p999, 0])
            throw new InvalidOperationException($"Calls failed: {output}");
        return sample with { Work = calls, Seconds = microseconds / 1e6, Latency = new Latency(p50 / 1e3, p99 / 1e3, p999 / 1e3) };
    }

    static string Script()
    {
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{GatewayUnderTest.Origin}:{GatewayUnderTest.Password}"));
        return $$"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "text/xml; charset=utf-8"
            wrk.headers["SOAPAction"] = '"http://linkgateway.example/bench/lookup/Lookup"'
            wrk.headers["Authorization"] = "Basic {{credentials}}"
            wrk.body = [[{{Encoding.UTF8.GetString(LookupMessages.Request)}}]]
            function done(summary, latency, requests)
              local e = summary.errors
              print(string.format("numbers %d %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
                latency:percentile(99), latency:percentile(99.9), e.connect + e.read + e.write + e.status + e.timeout))
            end
            """;
    }
}
