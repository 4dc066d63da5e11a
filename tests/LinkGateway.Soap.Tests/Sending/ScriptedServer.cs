using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinkGateway.Soap.Sending;

/// <summary>A far side that does exactly what a test says, on a bare socket.</summary>
sealed class ScriptedServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Task _loop;

    public ScriptedServer(Func<NetworkStream, CancellationToken, Task> script)
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/soap");
        _loop = ServeAsync(script);
    }

    public Uri Address { get; }

    public int Connections { get; private set; }

    public static string Answer(string envelope, string status = "200 OK", string more = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/xml; charset=utf-8\r\n{more}"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(envelope)}\r\n\r\n{envelope}";

    public static string Envelope(string body) =>
        $"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>{body}</e:Body></e:Envelope>";

    public static string Fault(string reason) =>
        Envelope($"<e:Fault><faultcode>e:Client</faultcode><faultstring>{reason}</faultstring></e:Fault>");

    /// <summary>Reads the request's head, and of its body what came along.</summary>
    public static Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken ct) => ReadUntilAsync(stream, "\r\n\r\n", ct);

    /// <summary>Reads a request that is an envelope alone.</summary>
    public static Task<string> ReadEnvelopeAsync(NetworkStream stream, CancellationToken ct) => ReadUntilAsync(stream, ":Envelope>", ct);

    static async Task<string> ReadUntilAsync(NetworkStream stream, string end, CancellationToken ct)
    {
        var text = new StringBuilder();
        var buffer = new byte[1024];
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, ct);
            if (read == 0)
                break;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        return text.ToString();
    }

    public static ValueTask WriteAsync(NetworkStream stream, string text, CancellationToken ct) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _listener.Dispose();
        _stop.Dispose();
    }

    async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> script)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                await script(client.GetStream(), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The test is over, or its client went away.
        }
    }
}
