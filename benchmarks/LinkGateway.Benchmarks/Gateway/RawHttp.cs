using System.Buffers.Text;
using System.Net.Sockets;

namespace LinkGateway.Benchmarks.Gateway;

/// <summary>One end of an HTTP/1.1 connection that allocates nothing, so that what is counted is the gateway's.</summary>
sealed class RawHttp(Socket socket) : IDisposable
{
    readonly byte[] _buffer = new byte[64 * 1024];

    public static RawHttp Connect(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address.Host, address.Port);
        return new RawHttp(socket);
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[socket.Send(bytes)..];
    }

    /// <summary>Reads one message with a Content-Length.</summary>
    /// <returns>It, until the next call; empty when the other end has closed.</returns>
    public ReadOnlySpan<byte> Receive()
    {
        var length = 0;
        while (true)
        {
            var read = socket.Receive(_buffer.AsSpan(length));
            if (read == 0) return [];
            length += read;
            var message = _buffer.AsSpan(0, length);
            var end = message.IndexOf("\r\n\r\n"u8);
            if (end >= 0 && length >= end + 4 + ContentLength(message[..end])) return message;
        }
    }

    /// <summary>Reads an answer, which must be one of success.</summary>
    public int ReceiveSuccess()
    {
        var answer = Receive();
        return answer.StartsWith("HTTP/1.1 200"u8)
            ? answer.Length
            : throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(answer));
    }

    public void Dispose() => socket.Dispose();

    static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw new InvalidOperationException("A message without Content-Length: " + System.Text.Encoding.UTF8.GetString(head));
    }
}
