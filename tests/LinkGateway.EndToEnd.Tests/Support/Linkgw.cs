namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>A running <c>linkgw</c>.</summary>
sealed class Linkgw : IDisposable
{
    readonly Child _process;

    Linkgw(Child process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="password">The caller's password.</param>
    /// <param name="arguments">The command line.</param>
    public static Linkgw Start(string folder, string password, IEnumerable<string> arguments) =>
        new(Child.Start("linkgw", arguments, folder, new Dictionary<string, string> { ["LINKGW_PASSWORD"] = password }));

    /// <summary>Waits for its end.</summary>
    public async Task<LinkgwResult> ResultAsync()
    {
        var code = await _process.ExitAsync();
        return new LinkgwResult(code, _process.Output, _process.Errors);
    }

    /// <summary>Hands it a file on standard input.</summary>
    public Task PipeAsync(string file) => _process.PipeAsync(file);

    public bool HasExited => _process.HasExited;

    /// <summary>SIGTERM.</summary>
    public void Terminate() => _process.Terminate();

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process.KillAsync();

    public void Dispose() => _process.Dispose();
}
