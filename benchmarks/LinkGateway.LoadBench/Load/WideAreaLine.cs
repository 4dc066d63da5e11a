using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace LinkGateway.LoadBench.Load;

/// <summary>
/// A TCP proxy that behaves like a long line: every byte takes half the round trip, and all connections together share its rate in each
/// direction.
/// </summary>
sealed class WideAreaLine : IDisposable
{
    const int PieceBytes = 16 * 1024;

    // What the routers in between hold back before they make the sender wait.
    static readonly TimeSpan Queue = TimeSpan.FromMilliseconds(50);

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _closing = new();
    readonly TimeSpan _oneWay;
    readonly IPEndPoint _target;
    readonly Bottleneck _up;
    readonly Bottleneck _down;

    public WideAreaLine(int targetPort, TimeSpan roundTrip, double bytesPerSecond)
    {
        (_target, _oneWay) = (new IPEndPoint(IPAddress.Loopback, targetPort), roundTrip / 2);
        (_up, _down) = (new Bottleneck(bytesPerSecond), new Bottleneck(bytesPerSecond));
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        _closing.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_closing.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed with its owner.
        }
    }

    async Task ServeAsync(Socket caller)
    {
        using var _ = caller;
        using var gateway = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        try
        {
            // The handshake's round trip.
            await Task.Delay(2 * _oneWay, _closing.Token);
            await gateway.ConnectAsync(_target, _closing.Token);
            await Task.WhenAll(PumpAsync(caller, gateway, _up), PumpAsync(gateway, caller, _down));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // One side has gone; the other is closed with the sockets.
        }
    }

    async Task PumpAsync(Socket from, Socket to, Bottleneck line)
    {
        var onTheWay = Channel.CreateUnbounded<(byte[] Bytes, long Arrives)>();
        await Task.WhenAll(SendAsync(), ArriveAsync());

        async Task SendAsync()
        {
            while (true)
            {
                await WaitAsync(line.FreeAt - Ticks(Queue));
                var piece = new byte[PieceBytes];
                var read = await from.ReceiveAsync(piece, _closing.Token);
                if (read == 0) break;
                await onTheWay.Writer.WriteAsync((piece[..read], line.Pass(read) + Ticks(_oneWay)), _closing.Token);
            }

            onTheWay.Writer.Complete();
        }

        async Task ArriveAsync()
        {
            await foreach (var (bytes, arrives) in onTheWay.Reader.ReadAllAsync(_closing.Token))
            {
                await WaitAsync(arrives);
                for (var done = 0; done < bytes.Length;) done += await to.SendAsync(bytes.AsMemory(done), _closing.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
    }

    async ValueTask WaitAsync(long until)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), until);
        if (left > TimeSpan.FromMilliseconds(1)) await Task.Delay(left, _closing.Token);
    }

    static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    sealed class Bottleneck(double bytesPerSecond)
    {
        readonly Lock _lock = new();
        long _freeAt;

        /// <summary>When everything that was handed to it will have passed.</summary>
        public long FreeAt => Interlocked.Read(ref _freeAt);

        /// <summary>Hands it some bytes.</summary>
        /// <returns>When the last of them has passed.</returns>
        public long Pass(int bytes)
        {
            lock (_lock)
            {
                var begins = Math.Max(_freeAt, Stopwatch.GetTimestamp());
                return _freeAt = begins + (long)(bytes / bytesPerSecond * Stopwatch.Frequency);
            }
        }
    }
}
