using System.Text.Json;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Server.Hosting;

namespace LinkGateway.Server.TestSeams;

/// <summary>
/// What a fault harness may do to a running gateway: set its clock, let its stores fail, kill it between two steps of a publication. Only
/// with <c>--test-seams FOLDER</c>, only where nobody beyond this machine can reach it, and shown in log and health.
/// </summary>
/// <remarks>The orders lie in <c>seams.json</c> of the folder and are read again when the file is replaced. Thread-safe.</remarks>
public sealed class Seams
{
    /// <summary>Name of the file of orders.</summary>
    public const string FileName = "seams.json";

    const long Freshness = 20;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly string _path;
    readonly Lock _reading = new();
    long _lookAgain;
    DateTime _written;
    SeamOrders _orders = new();

    /// <summary>Opens the seams.</summary>
    /// <param name="folder">Where the file of orders is, or will be.</param>
    public Seams(string folder)
    {
        _path = Path.Combine(Path.GetFullPath(folder), FileName);
        Time = new SeamClock(this);
    }

    /// <summary>The clock of the gateway.</summary>
    public TimeProvider Time { get; }

    /// <summary>What is ordered now.</summary>
    internal SeamOrders Orders
    {
        get
        {
            lock (_reading)
            {
                if (Environment.TickCount64 < _lookAgain) return _orders;
                _lookAgain = Environment.TickCount64 + Freshness;
                var written = File.GetLastWriteTimeUtc(_path);
                if (written == _written) return _orders;
                // A file that is not there has a time too.
                _orders = File.Exists(_path) ? JsonSerializer.Deserialize<SeamOrders>(File.ReadAllBytes(_path), Json)! : new SeamOrders();
                _written = written;
                return _orders;
            }
        }
    }

    /// <summary>Refuses to start where others than this machine could reach a gateway with seams.</summary>
    /// <exception cref="StartException">A listener is not on loopback.</exception>
    internal static void RequireLoopback(GatewayConfiguration configuration)
    {
        var listeners = configuration.Listeners.Concat(configuration.Operator?.Listeners ?? []);
        if (listeners.FirstOrDefault(listener => !listener.Url.IsLoopback) is not { } open) return;
        throw new StartException(ExitCode.BadConfiguration,
            [$"--test-seams is for tests on this machine: {open.Url} is no loopback address. Start without it, or listen on 127.0.0.1."]);
    }

    /// <summary>The file system of the payload store.</summary>
    internal IFileSystem OverSpool(IFileSystem files) => new SeamFileSystem(files, new StoreFaults(this, orders => orders.Spool));

    /// <summary>The file system of folder destinations.</summary>
    internal IFileSystem OverFolders(IFileSystem files) => new SeamFileSystem(
        new SeamFileSystem(files, new KillSwitch(this)), new StoreFaults(this, orders => orders.Folder));
}
