using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LinkGateway.Testing.Http;

namespace LinkGateway.Relay.Tests.Channels;

/// <summary>A receiver on bare sockets that does exactly what a test says, on any number of connections.</summary>
sealed class ScriptedReceiver : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Func<Peer, Task> _script;
    readonly Task _accepting;
    int _connections;
    int _requests;

    public ScriptedReceiver(Func<Peer, Task> script)
    {
        _script = script;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/service");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Requests of which the head came.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>An address where nobody listens.</summary>
    public static Uri Nobody => new($"http://127.0.0.1:{ClosedPort.Number}/service");

    /// <summary>A receiver that answers every request alike.</summary>
    public static ScriptedReceiver Answering(string answer) => new(async peer =>
    {
        while (await peer.ReadRequestAsync() is not null)
            await peer.WriteAsync(answer);
    });

    public static string Answer(string body, string status = "200 OK", string more = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/xml\r\n{more}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                running.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            await using var stream = new NetworkStream(socket);
            try
            {
                await _script(new Peer(this, stream, _stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The test is over, or the gateway closed the connection.
            }
        }
    }

    /// <summary>One connection.</summary>
    public sealed class Peer(ScriptedReceiver receiver, NetworkStream stream, CancellationToken ct)
    {
        public CancellationToken Stopped => ct;

        /// <summary>Reads up to the end of the headers; null at the end of the connection.</summary>
        public async Task<string?> ReadHeadAsync()
        {
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await stream.ReadAsync(one, ct) == 0)
                    return null;
                head.Append((char)one[0]);
            }
            Interlocked.Increment(ref receiver._requests);
            return head.ToString();
        }

        /// <summary>Reads a request with a Content-Length to its end; null at the end of the connection.</summary>
        public async Task<string?> ReadRequestAsync()
        {
            if (await ReadHeadAsync() is not { } head)
                return null;
            var line = head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            var body = new byte[int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, ct);
            return head + Encoding.UTF8.GetString(body);
        }

        public async Task ReadAsync(int count) => await stream.ReadExactlyAsync(new byte[count], ct);

        public async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);

        public Task WaitAsync() => Task.Delay(Timeout.Infinite, ct);

        /// <summary>Breaks the connection instead of ending it.</summary>
        public void Reset() => stream.Socket.Close(0);

        public void EndWriting() => stream.Socket.Shutdown(SocketShutdown.Send);
    }
}
