using System.Net;
using System.Net.Sockets;

namespace LinkGateway.Server.Tests.Receivers;

/// <summary>A receiver that reads a part of what it is sent and then cuts the connection, or reads no more.</summary>
sealed class StubbornReceiver : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Task _accepting;

    /// <param name="reads">How much of a request is read.</param>
    /// <param name="cuts">Whether the connection is cut then; else it stays.</param>
    public StubbornReceiver(int reads, bool cuts)
    {
        _listener.Start();
        _accepting = AcceptAsync(reads, cuts);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/files");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    async Task AcceptAsync(int reads, bool cuts)
    {
        List<Task> running = [];
        try
        {
            while (true) running.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token), reads, cuts));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    async Task ServeAsync(Socket socket, int reads, bool cuts)
    {
        using var _ = socket;
        socket.ReceiveBufferSize = 4096;
        try
        {
            var buffer = new byte[reads];
            for (var read = 0; read < reads;)
            {
                var more = await socket.ReceiveAsync(buffer.AsMemory(read), _stop.Token);
                if (more == 0) return;
                read += more;
            }

            if (!cuts) await Task.Delay(Timeout.Infinite, _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over, or the gateway closed the connection.
        }
    }
}
