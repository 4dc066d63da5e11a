using System.Net;
using System.Net.Sockets;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>
/// Stands between two processes: an address that stays the same while the process behind it is killed and started anew on another port, a
/// count of the bytes that go towards it, and a gate that holds them back, so that a kill surely falls into the middle of a transfer.
/// </summary>
sealed class TcpRelay : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _closing = new();
    readonly Lock _lock = new();
    TaskCompletionSource _open = Opened();
    (long At, TaskCompletionSource Reached, bool Hold)? _mark;
    int _target;
    long _sent;
    bool _losesAnswers;

    public TcpRelay()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Port of the process behind it; 0 while there is none: then every connection is closed at once.</summary>
    public int Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>Whether a connection is cut as soon as an answer comes on it.</summary>
    public bool LosesAnswers
    {
        get => Volatile.Read(ref _losesAnswers);
        set => Volatile.Write(ref _losesAnswers, value);
    }

    /// <summary>Bytes that went towards the process behind it, on all connections.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Closes the gate as soon as this many more bytes have passed.</summary>
    /// <returns>Ends when the gate is closed.</returns>
    public Task HoldAfter(long bytes) => Mark(bytes, hold: true);

    /// <summary>Ends when this many more bytes have passed.</summary>
    public Task Passed(long bytes) => Mark(bytes, hold: false);

    /// <summary>Opens the gate.</summary>
    public void Release() => _open.TrySetResult();

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        Release();
    }

    Task Mark(long bytes, bool hold)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _mark = (Sent + bytes, reached, hold);
            return reached.Task.WaitAsync(Patience.Long);
        }
    }

    void Count(int bytes)
    {
        lock (_lock)
        {
            _sent += bytes;
            if (_mark is not { } mark || _sent < mark.At) return;
            _mark = null;
            if (mark.Hold) _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
            mark.Reached.SetResult();
        }
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_closing.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed with the test.
        }
    }

    async Task ServeAsync(Socket caller)
    {
        using var _ = caller;
        using var behind = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        try
        {
            await behind.ConnectAsync(IPAddress.Loopback, Target, broken.Token);
            // One side gone: the other is cut too, as by a machine that is gone.
            var (up, down) = (
                PumpAsync(caller, behind, counted: true, broken.Token),
                PumpAsync(behind, caller, counted: false, broken.Token));
            await Task.WhenAny(up, down);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Nobody behind it.
        }
        await broken.CancelAsync();
    }

    async Task PumpAsync(Socket from, Socket to, bool counted, CancellationToken broken)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, broken) is > 0 and var read)
            {
                if (!counted && LosesAnswers) return;
                if (counted)
                {
                    await _open.Task.WaitAsync(broken);
                    Count(read);
                }
                for (var done = 0; done < read;) done += await to.SendAsync(buffer.AsMemory(done, read - done), broken);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
