using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Xml;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.LoadBench.Processes;

namespace LinkGateway.LoadBench.Load;

/// <summary>A client that costs next to nothing: one connection, sendfile over plain HTTP, large writes over TLS.</summary>
static class RawSender
{
    const string Boundary = "linkgateway-bench-boundary";

    /// <summary>POSTs the file as the whole body.</summary>
    public static Task<string> PostBareAsync(Uri address, BodyFile file) =>
        PostAsync(address, "application/octet-stream", "", file, "");

    /// <summary>POSTs the file by SubmitFile, as SOAP with Attachments.</summary>
    public static Task<string> SubmitAsync(Uri address, BodyFile file, string transferId) =>
        PostWithAttachmentAsync(address, Envelope(transferId), file);

    /// <summary>POSTs an envelope with the file as its attachment.</summary>
    public static Task<string> PostWithAttachmentAsync(Uri address, string envelope, BodyFile file)
    {
        var head = $"--{Boundary}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
            + "Content-ID: <root@bench>\r\n\r\n"
            + envelope
            + $"\r\n--{Boundary}\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <file@bench>\r\n\r\n";
        var type = $"multipart/related; boundary=\"{Boundary}\"; type=\"text/xml\"; start=\"<root@bench>\"";
        return PostAsync(address, type, head, file, $"\r\n--{Boundary}--\r\n");
    }

    static string Envelope(string transferId)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("e", "Envelope", "http://schemas.xmlsoap.org/soap/envelope/");
            xml.WriteStartElement("e", "Body", "http://schemas.xmlsoap.org/soap/envelope/");
            BatchOperations.SubmitFile.WriteRequest(xml, new SubmitFileRequest
            {
                Transfer = new TransferReference(),
                Manifest = Manifest(transferId),
                File = "cid:file@bench",
            });
        }

        return text.ToString();
    }

    /// <summary>A manifest that the gateways under test accept.</summary>
    public static Manifest Manifest(string transferId) => new()
    {
        Origin = GatewayUnderTest.Origin,
        Receivers = [GatewayUnderTest.Receiver],
        InterfaceId = GatewayUnderTest.Interface,
        TransferId = transferId,
        Kind = "full",
        Environment = "test",
        FileName = "bench.csv",
    };

    static async Task<string> PostAsync(Uri address, string contentType, string head, BodyFile file, string tail)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{GatewayUnderTest.Origin}:{GatewayUnderTest.Password}"));
        var length = Encoding.UTF8.GetByteCount(head) + file.Size + Encoding.UTF8.GetByteCount(tail);
        var start = Encoding.UTF8.GetBytes(
            $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Basic {credentials}\r\n"
            + $"Content-Type: {contentType}\r\nSOAPAction: \"\"\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{head}");
        if (address.Scheme == "https") return await PostTlsAsync(socket, start, file, Encoding.UTF8.GetBytes(tail));
        await socket.SendFileAsync(file.Path, start, Encoding.UTF8.GetBytes(tail), TransmitFileOptions.UseDefaultWorkerThread);
        await using var stream = new NetworkStream(socket);
        return await AnswerAsync(stream);
    }

    static async Task<string> PostTlsAsync(Socket socket, byte[] start, BodyFile file, byte[] tail)
    {
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",

            // Both servers are our own children on loopback, each with a certificate made a moment ago.
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        });
        await tls.WriteAsync(start);
        await using (var content = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 0))
        {
            await content.CopyToAsync(tls, 1 << 18);
        }

        await tls.WriteAsync(tail);
        return await AnswerAsync(tls);
    }

    static async Task<string> AnswerAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        return answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? answer : throw new InvalidOperationException(answer);
    }
}
