using System.Globalization;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.Testing.Files;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>The sample receivers made with JAX-WS as a process, built from the shipped documents when first asked for.</summary>
public sealed class JaxWsReceiver : IDisposable
{
    Child? _process;

    /// <summary>What it received: a line for each call.</summary>
    internal string[] Received => _process!.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..];

    /// <summary>Where it stores files that are pushed to it.</summary>
    internal string Folder { get; private set; } = "";

    /// <summary>Starts it, unless it runs, and leads the gateway to it.</summary>
    /// <param name="gateway">The gateway.</param>
    internal async Task StartAsync(ToolkitGateway gateway)
    {
        if (_process is not null) return;
        var source = Path.Combine(Repository.Root, "samples", "receivers", "jaxws");
        var output = gateway.Folder("build-receiver-jaxws");
        var documents = Path.Combine(Repository.Root, "wsdl");
        (await ToolkitProcess.RunAsync(Path.Combine(source, "build"), [documents, output], output)).Ended(0);
        Folder = gateway.Folder("receiver-jaxws-files");
        // Less memory than the largest file that is pushed to it.
        _process = Child.StartFile(
            Path.Combine(source, "receiver"), ["0", Folder], output,
            new Dictionary<string, string> { ["LINKGW_BUILD"] = output, ["JAVA_TOOL_OPTIONS"] = "-Xmx96m" });
        await Patience.UntilAsync(() => Task.FromResult(_process.Output), said => said.Contains('\n') || _process.HasExited);
        Assert.True(_process.Output.StartsWith("port=", StringComparison.Ordinal), _process.Output + _process.Errors);
        gateway.JaxWs.Target = int.Parse(_process.Output.Split('\n')[0]["port=".Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it; the gateway finds nobody there.</summary>
    public void Dispose() => _process?.Dispose();
}
