using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkGateway.Soap.AspNetCore;

/// <summary>An old client: sends what it is told over a bare socket and reads only when it is told.</summary>
sealed class RawClient : IAsyncDisposable
{
    readonly TcpClient _tcp = new() { NoDelay = true };

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync(address.Host, address.Port);
        return client;
    }

    public ValueTask SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _tcp.GetStream().WriteAsync(bytes);

    public ValueTask SendHeadAsync(string contentType, long contentLength, string more = "") => SendAsync(
        $"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: {contentType}\r\nContent-Length: {contentLength}\r\n{more}\r\n");

    /// <summary>Reads one answer: its head, and as many bytes as its Content-Length says.</summary>
    public async Task<string> ReadAnswerAsync()
    {
        var received = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (!IsWhole(Encoding.Latin1.GetString([.. received])))
        {
            var read = await _tcp.GetStream().ReadAsync(buffer);
            if (read == 0)
                break;
            received.AddRange(buffer.AsSpan(0, read));
        }
        return Encoding.UTF8.GetString([.. received]);
    }

    /// <summary>Waits until the server closes or resets the connection.</summary>
    public async Task WaitUntilClosedAsync()
    {
        try
        {
            while (await _tcp.GetStream().ReadAsync(new byte[1024]) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is a close too.
        }
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

    static bool IsWhole(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var length = Regex.Match(answer[..end], "^Content-Length: (\\d+)", RegexOptions.Multiline | RegexOptions.IgnoreCase);
        return length.Success && answer.Length - end - 4 >= int.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
