using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LinkGateway.Testing.Http;

/// <summary>An old client: sends what it is told over a bare socket and reads only when it is told.</summary>
public sealed class RawClient : IAsyncDisposable
{
    readonly TcpClient _tcp;
    readonly NetworkStream _stream;
    readonly byte[] _block = new byte[16 * 1024];
    byte[] _received = [];

    RawClient(TcpClient tcp) => (_tcp, _stream) = (tcp, tcp.GetStream());

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(address.Host, address.Port);
        return new RawClient(tcp);
    }

    public ValueTask SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    /// <summary>
    /// Sends head and body in one piece: a server that refuses by the head alone waits for the rest of a request, but not for ever.
    /// </summary>
    public ValueTask SendAsync(string head, ReadOnlySpan<byte> body) =>
        SendAsync((byte[])[.. Encoding.UTF8.GetBytes(head), .. body]);

    public ValueTask SendHeadAsync(string contentType, long contentLength, string more = "") => SendAsync(
        $"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: {contentType}\r\nContent-Length: {contentLength}\r\n{more}\r\n");

    /// <summary>Reads one answer, an interim one included, and leaves what follows it for the next call.</summary>
    /// <returns>The answer, cut off where the connection ended; null where it ended before the answer began.</returns>
    public async Task<RawAnswer?> ReadAsync()
    {
        int end;
        while ((end = _received.AsSpan().IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await ReceiveAsync())
                return _received.Length == 0 ? null : new RawAnswer(Encoding.Latin1.GetString(Take(_received.Length)), []);
        }
        var head = Encoding.Latin1.GetString(Take(end + 4));
        var answer = new RawAnswer(head, []);
        if (answer.Status is < 200 or 204 or 304)
            return answer;
        var body = answer["Transfer-Encoding"] == "chunked" ? await ReadChunksAsync()
            : await ReadBytesAsync(answer["Content-Length"] is { } length ? int.Parse(length, CultureInfo.InvariantCulture) : int.MaxValue);
        return new RawAnswer(head, body);
    }

    /// <summary>Reads one answer as text.</summary>
    public async Task<string> ReadAnswerAsync() => (await ReadAsync())?.ToString() ?? "";

    /// <summary>Waits until the server closes or resets the connection.</summary>
    /// <returns>What came until then.</returns>
    public async Task<string> WaitUntilClosedAsync()
    {
        while (await ReceiveAsync())
        {
        }
        return Encoding.Latin1.GetString(Take(_received.Length));
    }

    /// <summary>Closes by a reset, as a process that is killed or a firewall does.</summary>
    public void Reset()
    {
        _tcp.LingerState = new LingerOption(true, 0);
        _tcp.Close();
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<byte[]> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (true)
        {
            int end;
            while ((end = _received.AsSpan().IndexOf("\r\n"u8)) < 0)
            {
                if (!await ReceiveAsync())
                    return body.ToArray();
            }
            var size = int.Parse(Take(end + 2).AsSpan(0, end), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await ReadBytesAsync(size));
            await ReadBytesAsync(2);
            if (size == 0)
                return body.ToArray();
        }
    }

    async Task<byte[]> ReadBytesAsync(int count)
    {
        while (_received.Length < count && await ReceiveAsync())
        {
        }
        return Take(Math.Min(count, _received.Length));
    }

    byte[] Take(int count)
    {
        var taken = _received[..count];
        _received = _received[count..];
        return taken;
    }

    async Task<bool> ReceiveAsync()
    {
        try
        {
            var read = await _stream.ReadAsync(_block);
            _received = [.. _received, .. _block.AsSpan(0, read)];
            return read > 0;
        }
        catch (IOException)
        {
            // A reset is a close too.
            return false;
        }
    }
}
