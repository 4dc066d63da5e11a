using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Services;

/// <summary>
/// One gateway for all tests of a class, which it carries out one after the other, with a receiver that answers as the running one says.
/// </summary>
public sealed class RelayProfileWorld : IAsyncLifetime
{
    static readonly string Credentials = RelayWorld.BasicOf("kaoku");

    RawReceiver? _receiver;
    TestGateway? _gateway;
    int _received;

    /// <summary>What the receiver answers; a resident until a test says otherwise.</summary>
    internal byte[] Answer { get; set; } = RawReceiver.Answer(RelayWorld.Answer);

    /// <summary>What the receiver got since this was asked last.</summary>
    internal IReadOnlyList<RawRequest> Received()
    {
        var requests = _receiver!.Requests;
        var news = requests.Skip(_received).ToArray();
        _received = requests.Count;
        return news;
    }

    public async Task InitializeAsync()
    {
        _receiver = AnsweringAs(this);
        _gateway = await TestGateway.StartAsync(json =>
        {
            RelayWorld.Configure(json, _receiver.Url);
            RelayWorld.Add(json, "destinations", $$"""
                { "id": "juki-11", "kind": "service", "url": "{{_receiver.Url}}", "soap": "soap11" }
                """);
            json["participants"]!.AsArray().Add(
                JsonNode.Parse("""{ "id": "juki-11", "organisationCode": "131016" }"""));
            RelayWorld.Add(json, "routes", """
                { "origin": "kaoku", "interface": "juki-shokai", "receiver": "juki-11", "destination": "juki-11" }
                """);
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _receiver!.DisposeAsync();
    }

    internal Task<RawAnswer> PostAsync(
        string envelope, string contentType = "text/xml; charset=utf-8", string more = "SOAPAction: \"\"\r\n") =>
        PostAsync(Encoding.UTF8.GetBytes(envelope), contentType, more);

    internal Task<RawAnswer> PostAsync(byte[] body, string contentType, string more = "SOAPAction: \"\"\r\n", string? path = null) =>
        SendAsync($"POST {path ?? RelayWorld.ResidentPath} HTTP/1.1\r\nContent-Type: {contentType}\r\n{more}", body);

    /// <summary>Sends a request with credentials, Host and Content-Length added.</summary>
    internal async Task<RawAnswer> SendAsync(string head, byte[]? body = null)
    {
        await using var client = await RawClient.ConnectAsync(_gateway!.PlainAddress);
        var length = body is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        await client.SendAsync($"{head}Host: gw.example\r\n{Credentials}{length}\r\n", body);
        return await client.ReadAsync() ?? throw new IOException("The gateway closed without an answer.");
    }

    /// <summary>The fault of an answer in SOAP 1.1.</summary>
    internal static XElement FaultOf(RawAnswer answer) =>
        XDocument.Parse(answer.Text).Root!.Element(XName.Get("Body", RelayWorld.Soap11))!.Element(XName.Get("Fault", RelayWorld.Soap11))!;

    static RawReceiver AnsweringAs(RelayProfileWorld world) => new(_ => world.Answer);
}
