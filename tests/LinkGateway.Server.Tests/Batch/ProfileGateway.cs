using System.Globalization;
using System.Text;
using System.Xml.Linq;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Batch;

/// <summary>
/// One gateway for all tests of a class, spoken to over bare sockets, so that each byte of requests and answers is known.
/// </summary>
public sealed class ProfileGateway : IAsyncLifetime
{
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";
    public const string Ours = "http://linkgateway.example/batch/2026";

    static readonly string Credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes("kaoku:" + GatewayFolder.Password));

    TestGateway? _gateway;

    public Uri Address => _gateway!.PlainAddress;

    public async Task InitializeAsync() =>
        _gateway = await TestGateway.StartAsync(json => json["listeners"]![1]!["allowPlainHttp"] = true);

    public async Task DisposeAsync() => await _gateway!.DisposeAsync();

    /// <summary>A request that succeeds.</summary>
    public static string Success => Envelope($"<GetReceiptsSince xmlns='{Ours}'/>");

    /// <summary>A request that fails in its operation.</summary>
    public static string Failure => Envelope($"<GetTransferStatus xmlns='{Ours}'><transferId>none</transferId></GetTransferStatus>");

    public static string Envelope(string body, string header = "", string soap = Soap11) =>
        $"<e:Envelope xmlns:e='{soap}'>{(header.Length == 0 ? "" : $"<e:Header>{header}</e:Header>")}<e:Body>{body}</e:Body></e:Envelope>";

    public Task<RawAnswer> PostAsync(string envelope, string contentType = "text/xml; charset=utf-8", string more = "") =>
        SendAsync($"POST /batch HTTP/1.1\r\nContent-Type: {contentType}\r\n{more}", Encoding.UTF8.GetBytes(envelope));

    public Task<RawAnswer> PostAsync(byte[] envelope, string contentType) =>
        SendAsync($"POST /batch HTTP/1.1\r\nContent-Type: {contentType}\r\n", envelope);

    /// <summary>Sends a request with credentials, Host and Content-Length added.</summary>
    public async Task<RawAnswer> SendAsync(string head, byte[]? body = null)
    {
        await using var client = await RawClient.ConnectAsync(Address);
        var length = body is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        await client.SendAsync($"{head}Host: test\r\nAuthorization: Basic {Credentials}\r\n{length}\r\n", body);
        return await client.ReadAsync() ?? throw new IOException("The server closed without an answer.");
    }

    /// <summary>The fault of an answer.</summary>
    public static XElement FaultOf(RawAnswer answer) => BodyOf(answer).Element(XName.Get("Fault", Soap11))!;

    public static XElement BodyOf(RawAnswer answer) => XDocument.Parse(answer.Text).Root!.Element(XName.Get("Body", Soap11))!;

    /// <summary>The code of the fault of an answer, resolved.</summary>
    public static XName CodeOf(RawAnswer answer)
    {
        var code = FaultOf(answer).Element("faultcode")!;
        var parts = code.Value.Split(':');
        return code.GetNamespaceOfPrefix(parts[0])! + parts[1];
    }
}
