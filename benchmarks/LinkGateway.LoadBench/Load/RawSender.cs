using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace LinkGateway.LoadBench.Load;

/// <summary>A client that costs next to nothing: a connection for each upload, sendfile over plain HTTP, large writes otherwise.</summary>
static class RawSender
{
    const int PieceBytes = 1 << 18;

    /// <summary>Sends it and checks that the answer names the file's digest.</summary>
    public static async Task SendAsync(Upload upload)
    {
        var answer = await PostAsync(upload);
        if (!answer.Contains(upload.File.Sha256, StringComparison.Ordinal))
            throw new InvalidOperationException($"The answer lacks the digest: {answer}");
    }

    /// <summary>Sends it.</summary>
    /// <returns>The answer, which has a status of success.</returns>
    public static Task<string> PostAsync(Upload upload) => Task.Run(() => Post(upload));

    /// <summary>Sends an envelope without any attachment.</summary>
    public static Task<string> CallAsync(Uri address, string envelope) => Task.Run(() =>
    {
        using var socket = Connect(address);
        var body = Encoding.UTF8.GetBytes(envelope);
        socket.Send([.. HttpHead.Write("POST", address, "text/xml; charset=utf-8", body.Length, keep: false), .. body]);
        using var stream = new NetworkStream(socket);
        return Answer(stream);
    });

    static string Post(Upload upload)
    {
        using var socket = Connect(upload.Address);
        var path = upload.ContentPath ?? upload.File.Path;
        var length = upload.Length ?? (new FileInfo(path).Length - upload.Offset);
        var (head, tail) = (Encoding.UTF8.GetBytes(upload.Head), Encoding.UTF8.GetBytes(upload.Tail));
        long? bodyLength = upload.Chunked ? null : head.Length + length + tail.Length;
        var start = HttpHead.Write(upload.Method, upload.Address, upload.ContentType, bodyLength, keep: false);
        if (upload is { Chunked: false, Offset: 0, Length: null, Address.Scheme: "http" })
        {
            socket.SendFile(path, [.. start, .. head], tail.AsSpan(), TransmitFileOptions.UseDefaultWorkerThread);
            using var plain = new NetworkStream(socket);
            return Answer(plain);
        }

        using var stream = Secure(new NetworkStream(socket), upload.Address);
        stream.Write(start);
        Write(head);
        Copy(path, upload.Offset, length, Write);
        Write(tail);
        if (upload.Chunked) stream.Write("0\r\n\r\n"u8);
        return Answer(stream);

        void Write(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IsEmpty) return;
            if (upload.Chunked) stream.Write(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"));
            stream.Write(bytes);
            if (upload.Chunked) stream.Write("\r\n"u8);
        }
    }

    static void Copy(string path, long offset, long length, Action<ReadOnlySpan<byte>> write)
    {
        using var file = File.OpenHandle(path);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        for (long done = 0; done < length;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(PieceBytes, length - done)), offset + done);
            write(buffer.AsSpan(0, read));
            done += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    static Socket Connect(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address.Host, address.Port);
        return socket;
    }

    static Stream Secure(NetworkStream stream, Uri address)
    {
        if (address.Scheme == "http") return stream;
        var tls = new SslStream(stream);
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",

            // All servers are our own children on loopback, each with a certificate made a moment ago.
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        });
        return tls;
    }

    static string Answer(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = reader.ReadToEnd();
        return answer.StartsWith("HTTP/1.1 2", StringComparison.Ordinal) ? answer : throw new InvalidOperationException(answer);
    }
}
