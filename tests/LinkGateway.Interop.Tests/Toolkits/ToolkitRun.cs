namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>How a run of a sample client ended.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
sealed record ToolkitRun(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>Exit code for a fault of the gateway.</summary>
    public const int Fault = 3;

    /// <summary>Exit code for an error of the transport, TLS included.</summary>
    public const int TransportError = 4;

    /// <summary>Exit code of a lookup for a fault of the receiving system.</summary>
    public const int BusinessFault = 5;

    const int Shown = 4000;

    /// <summary>Value of the line <c>name=value</c> of the output; null where there is none.</summary>
    public string? this[string name] => Output.Split('\n')
        .FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..].TrimEnd('\r');

    /// <summary>Asserts the exit code; a failure shows what was written.</summary>
    public ToolkitRun Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} in place of {exitCode}: {this}");
        return this;
    }

    /// <summary>Asserts a value; a failure shows what was written.</summary>
    public ToolkitRun Says(string name, string value)
    {
        Assert.True(this[name] == value, $"{name}={this[name]} in place of {value}: {this}");
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Command}\n--- stdout\n{End(Output)}\n--- stderr\n{End(Errors)}";

    static string End(string text) => text.Length <= Shown ? text : "…" + text[^Shown..];
}
