using System.Net.Sockets;
using System.Text;

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

    /// <summary>Reads until the server closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(_tcp.GetStream(), Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Reads one piece, as much as there is.</summary>
    public async Task<string> ReadSomeAsync()
    {
        var buffer = new byte[16 * 1024];
        var read = await _tcp.GetStream().ReadAsync(buffer);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
