using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LinkGateway.FaultHarness.Proxying;

/// <summary>
/// A line between two processes that can be bad in every way: cut, stalled, delayed, slow, deaf in one direction, wrong in one bit. Its
/// address stays the same while the process behind it is killed and starts anew on another port.
/// </summary>
sealed class FaultProxy : IDisposable
{
    static readonly TaskCompletionSource Open = Opened();

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _closing = new();
    readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    readonly Func<int> _target;
    readonly Lock _looking = new();
    readonly List<Ambush> _ambushes = [];
    volatile TaskCompletionSource _gate = Open;
    volatile ByteRate _up = new(0);
    volatile ByteRate _down = new(0);
    long _sent;
    long _received;

    /// <param name="target">The port of the process behind it; 0 while there is none.</param>
    /// <param name="certificate">
    /// With it the proxy ends TLS and begins it anew, as a load balancer does: it sees and changes what is inside. Null: the bytes as they
    /// are.
    /// </param>
    public FaultProxy(Func<int> target, X509Certificate2? certificate)
    {
        _target = target;
        Certificate = certificate;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that went towards the process behind it.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Bytes that came back from it.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Closes every new connection at once.</summary>
    public bool Refuses { get; set; }

    /// <summary>What every new connection is answered in place of the process behind it; null: nothing.</summary>
    public byte[]? Garbage { get; set; }

    /// <summary>How much later everything arrives, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Bytes a second in each direction, on all connections together; 0 for all that the machine can do.</summary>
    public long BytesPerSecond
    {
        set => (_up, _down) = (new ByteRate(value), new ByteRate(value));
    }

    internal X509Certificate2? Certificate { get; }

    internal int Target => _target() is > 0 and var port ? port : throw new SocketException((int)SocketError.ConnectionRefused);

    /// <summary>Nothing passes in either direction, and nobody is told.</summary>
    public void Stall() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everything passes again.</summary>
    public void Release() => Interlocked.Exchange(ref _gate, Open).TrySetResult();

    /// <summary>Cuts all connections that there are.</summary>
    public void CutAll()
    {
        foreach (var connection in _connections.Keys) connection.Cut();
    }

    /// <summary>Lays an ambush behind a number of bytes, on whichever connection carries the last of them.</summary>
    /// <returns>Ends when it has happened.</returns>
    public Task After(long bytes, Action<ProxiedConnection> fault) => Lay([], bytes, fault);

    /// <summary>Lays an ambush in an operation: of opened lines only.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="bytes">How many bytes behind the name.</param>
    /// <param name="fault">What happens.</param>
    /// <returns>Ends when it has happened.</returns>
    public Task In(string operation, long bytes, Action<ProxiedConnection> fault) => Lay(Encoding.ASCII.GetBytes(operation), bytes, fault);

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        Release();
    }

    internal ByteRate Rate(bool up) => up ? _up : _down;

    internal Task OpenAsync(CancellationToken ended) => _gate.Task.WaitAsync(ended);

    internal void Look(ProxiedConnection connection, ReadOnlySpan<byte> data)
    {
        lock (_looking)
        {
            foreach (var ambush in _ambushes) ambush.Look(connection, data);
            _ambushes.RemoveAll(ambush => ambush.Sprung.IsCompleted);
        }
    }

    internal void Count(bool up, int bytes)
    {
        if (up) Interlocked.Add(ref _sent, bytes);
        else Interlocked.Add(ref _received, bytes);
    }

    Task Lay(byte[] mark, long bytes, Action<ProxiedConnection> fault)
    {
        var ambush = new Ambush(mark, bytes, fault);
        lock (_looking) _ambushes.Add(ambush);
        return ambush.Sprung;
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_closing.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed with the scenario.
        }
    }

    async Task ServeAsync(Socket caller)
    {
        using var connection = new ProxiedConnection(this, caller);
        _connections.TryAdd(connection, true);
        await connection.ServeAsync(_closing.Token);
        _connections.TryRemove(connection, out _);
    }

    static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
