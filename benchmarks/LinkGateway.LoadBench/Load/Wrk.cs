using System.Diagnostics;
using System.Globalization;
using System.Text;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Load;

/// <summary>Small calls by wrk (package wrk): 16 connections, each with one call under way.</summary>
static class Wrk
{
    const int Connections = 16;

    /// <summary>Calls for some seconds.</summary>
    /// <param name="address">Where.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="measured">The process between client and backend, with those that it started.</param>
    /// <param name="folder">For the script.</param>
    public static async Task<CallSample> RunAsync(Uri address, int seconds, int measured, string folder)
    {
        var script = Path.Combine(folder, "call.lua");
        await File.WriteAllTextAsync(script, Script());
        var cpu = ProcessMeter.CpuSecondsOfTree(measured);
        using var wrk = Process.Start(new ProcessStartInfo("wrk")
        {
            ArgumentList = { "-t1", $"-c{Connections}", $"-d{seconds}s", "-s", script, address.AbsoluteUri },
            RedirectStandardOutput = true,
        })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var used = ProcessMeter.CpuSecondsOfTree(measured) - cpu;
        var numbers = output.Split('\n').Last(line => line.StartsWith("numbers ", StringComparison.Ordinal)).Split(' ')[1..]
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        if (numbers is not [> 0 and var calls, var microseconds, var p99, 0])
            throw new InvalidOperationException($"Calls failed: {output}");
        return new CallSample((long)calls, microseconds / 1e6, p99 / 1e3, used);
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
              print(string.format("numbers %d %d %d %d", summary.requests, summary.duration, latency:percentile(99),
                e.connect + e.read + e.write + e.status + e.timeout))
            end
            """;
    }
}
