namespace LinkGateway.LoadBench.Processes;

/// <summary>A process of this program that serves as a comparator or as the receiver of calls: <c>--serve ROLE READYFILE …</c>.</summary>
sealed class Comparator : IDisposable
{
    readonly Child _process;

    Comparator(Child process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="folder">Where it says that it is ready.</param>
    /// <param name="arguments">Its role, and what the role asks.</param>
    public static async Task<Comparator> StartAsync(string folder, params string[] arguments)
    {
        var ready = Path.Combine(folder, $"{Guid.NewGuid():N}.ready");
        var process = Child.Start("LinkGateway.LoadBench", ["--serve", arguments[0], ready, .. arguments[1..]]);
        await process.WaitForAsync(ready);
        return new Comparator(process, new Uri(await File.ReadAllTextAsync(ready)));
    }

    /// <summary>Plays the role that the command line names, until killed.</summary>
    public static Task RunAsync(string[] arguments) => arguments[0] switch
    {
        "bare" => BareEndpoint.RunAsync(arguments[1], arguments[2..]),
        "shipped" => ShippedEndpoint.RunAsync(arguments[1], arguments[2..]),
        "soap" => SoapEndpoint.RunAsync(arguments[1]),
        "proxy" => BareProxy.RunAsync(arguments[1], arguments[2..]),
        "backend" => BareBackend.RunAsync(arguments[1], arguments[2..]),
        var role => throw new ArgumentException($"There is no role {role}."),
    };

    public void Dispose() => _process.Dispose();
}
