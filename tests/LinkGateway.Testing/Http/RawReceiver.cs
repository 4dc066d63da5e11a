using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinkGateway.Testing.Http;

/// <summary>A receiver on bare sockets: keeps each request byte for byte and answers with the bytes that a test says.</summary>
public sealed class RawReceiver : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Func<RawRequest, byte[]?> _answer;
    readonly bool _closes;
    readonly ConcurrentQueue<RawRequest> _requests = new();
    readonly SemaphoreSlim _arrived = new(0);
    readonly Task _accepting;
    int _taken;

    /// <param name="answer">The whole answer to a request, its head included; null closes the connection without one.</param>
    /// <param name="closes">Whether the connection is closed after an answer, however much of it was announced.</param>
    public RawReceiver(Func<RawRequest, byte[]?> answer, bool closes = false)
    {
        _answer = answer;
        _closes = closes;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/service");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>The requests so far, in the order in which they came.</summary>
    public IReadOnlyList<RawRequest> Requests => [.. _requests];

    public static RawReceiver Answering(string body, string status = "200 OK", string more = "Content-Type: text/xml; charset=utf-8\r\n") =>
        new(_ => Answer(body, status, more));

    public static byte[] Answer(string body, string status = "200 OK", string more = "Content-Type: text/xml; charset=utf-8\r\n") =>
        Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{more}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Waits for the next request that was not waited for yet; only a hanging test meets the time-out.</summary>
    public async Task<RawRequest> NextAsync()
    {
        if (!await _arrived.WaitAsync(TimeSpan.FromMinutes(3)))
            throw new TimeoutException("No request arrived.");
        return _requests.ElementAt(_taken++);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        _arrived.Dispose();
    }

    async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
                running.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        await using var stream = new BufferedStream(new NetworkStream(socket), 64 * 1024);
        try
        {
            while (await ReadAsync(stream) is { } request)
            {
                _requests.Enqueue(request);
                var answer = _answer(request);
                _arrived.Release();
                if (answer is null)
                    return;
                await stream.WriteAsync(answer, _stop.Token);
                await stream.FlushAsync(_stop.Token);
                if (_closes)
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The test is over, or the gateway closed the connection.
        }
    }

    async Task<RawRequest?> ReadAsync(Stream stream)
    {
        if (await ReadUntilAsync(stream, "\r\n\r\n"u8.ToArray()) is not { } bytes)
            return null;
        var head = new RawRequest(Encoding.Latin1.GetString(bytes), []);
        if (head["Expect"] is not null)
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
            await stream.FlushAsync(_stop.Token);
        }
        var body = new MemoryStream();
        if (head["Content-Length"] is { } length)
            await CopyAsync(stream, body, int.Parse(length, CultureInfo.InvariantCulture));
        else if (head["Transfer-Encoding"] is not null)
            await CopyChunksAsync(stream, body);
        return new RawRequest(head.Head, body.ToArray());
    }

    async Task CopyChunksAsync(Stream stream, MemoryStream body)
    {
        int size;
        do
        {
            var line = await ReadUntilAsync(stream, "\r\n"u8.ToArray()) ?? throw new IOException("The body ended early.");
            size = int.Parse(Encoding.ASCII.GetString(line).TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await CopyAsync(stream, body, size);
            await CopyAsync(stream, new MemoryStream(), 2);
        }
        while (size > 0);
    }

    async Task CopyAsync(Stream stream, MemoryStream body, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        body.Write(bytes);
    }

    async Task<byte[]?> ReadUntilAsync(Stream stream, byte[] end)
    {
        var read = new List<byte>();
        var one = new byte[1];
        while (read.Count < end.Length || !read[^end.Length..].SequenceEqual(end))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            read.Add(one[0]);
        }
        return [.. read];
    }
}
