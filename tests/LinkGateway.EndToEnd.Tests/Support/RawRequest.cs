using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>
/// An HTTPS POST as an old toolkit or a script writes it: bytes put together by hand, no client library of ours. It sends what it is told
/// to send and reads the answer when it is told to, before or after the request has ended.
/// </summary>
sealed class RawRequest : IAsyncDisposable
{
    readonly TcpClient _tcp = new();
    SslStream _tls = null!;
    bool _chunked;

    /// <summary>Connects to a gateway and sends the request's head.</summary>
    /// <param name="gateway">The gateway; its TLS certificate must be the one that it has published.</param>
    /// <param name="credentials">User and password, or null for none.</param>
    /// <param name="contentType">The Content-Type.</param>
    /// <param name="length">The Content-Length; null for chunked.</param>
    public static async Task<RawRequest> PostAsync(GatewayProcess gateway, string? credentials, string contentType, long? length)
    {
        var request = new RawRequest { _chunked = length is null };
        using var pinned = X509CertificateLoader.LoadCertificateFromFile(gateway.TlsCertificate);
        var expected = pinned.Thumbprint;
        await request._tcp.ConnectAsync("127.0.0.1", gateway.Address.Port);
        request._tls = new SslStream(
            request._tcp.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => (shown as X509Certificate2)?.Thumbprint == expected);
        await request._tls.AuthenticateAsClientAsync("localhost");
        string[] head =
        [
            "POST /batch HTTP/1.1",
            $"Host: localhost:{gateway.Address.Port}",
            $"Content-Type: {contentType}",
            "SOAPAction: \"\"",
            length is null ? "Transfer-Encoding: chunked" : $"Content-Length: {length}",
        ];
        if (credentials is not null)
            head = [.. head, $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}"];
        await request._tls.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", head) + "\r\n\r\n"));
        return request;
    }

    /// <summary>Sends a piece of the body.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> piece)
    {
        if (piece.IsEmpty) return;
        if (_chunked) await _tls.WriteAsync(Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"));
        await _tls.WriteAsync(piece);
        if (_chunked) await _tls.WriteAsync("\r\n"u8.ToArray());
    }

    /// <summary>Says that the body is whole.</summary>
    public async Task EndAsync()
    {
        if (_chunked) await _tls.WriteAsync("0\r\n\r\n"u8.ToArray());
        await _tls.FlushAsync();
    }

    /// <summary>Reads the answer, as long as its Content-Length says.</summary>
    public async Task<RawAnswer> AnswerAsync()
    {
        using var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await _tls.ReadAsync(buffer).AsTask().WaitAsync(Patience.Long);
            answer.Write(buffer, 0, read);
            if (RawAnswer.TryRead(answer.ToArray()) is { } whole) return whole;
            Assert.True(read > 0, $"The connection was closed in the middle of an answer: {Encoding.UTF8.GetString(answer.ToArray())}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        _tcp.Dispose();
    }
}
