using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Services;

/// <summary>
/// A gateway with the shipped example interfaces in its catalogue: kaoku (142051) may look residents up at juki, houses at zei and report
/// vacant houses to akiya, whose receivers a test plays. All are spoken to over bare sockets.
/// </summary>
sealed class RelayWorld : IAsyncDisposable
{
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";
    public const string Resident = "http://linkgateway.example/services/resident/2026";
    public const string VacantHouse = "http://linkgateway.example/services/vacant-house/2026";
    public const string Fault = "http://linkgateway.example/fault/2026";
    public const string ResidentPath = "/services/142051/ResidentLookup";
    public const string VacantHousePath = "/services/142051/VacantHouse";

    static readonly string Credentials = BasicOf("kaoku");

    public RelayWorld(TestGateway gateway) => Gateway = gateway;

    public TestGateway Gateway { get; }

    public static string Request => Envelope(
        $"<r:GetResident xmlns:r=\"{Resident}\"><r:atenaNumber>000000000000123</r:atenaNumber></r:GetResident>");

    public static string Answer => Envelope(
        $"<r:GetResidentResponse xmlns:r=\"{Resident}\"><r:result><r:atenaNumber>000000000000123</r:atenaNumber><r:name>藤沢 太郎</r:name>"
        + "<r:birthDate>1970-01-01</r:birthDate><r:address>藤沢市</r:address><r:asOf>2026-11-27</r:asOf></r:result></r:GetResidentResponse>");

    public static string Report => Envelope(
        $"<v:RegisterVacantHouse xmlns:v=\"{VacantHouse}\"><v:reportId>R-1</v:reportId><v:location>藤沢市朝日町</v:location>"
        + "<v:foundOn>2026-11-20</v:foundOn><v:reportedAt>2026-11-27T09:00:00+09:00</v:reportedAt>"
        + "<v:legalBasis>空家等対策の推進に関する特別措置法 第10条</v:legalBasis></v:RegisterVacantHouse>",
        "<w:MessageID xmlns:w=\"http://www.w3.org/2005/08/addressing\">urn:uuid:11111111-1111-4111-8111-111111111111</w:MessageID>");

    public static async Task<RelayWorld> StartAsync(Uri receiver, Action<JsonNode>? change = null) =>
        new(await TestGateway.StartAsync(json =>
        {
            Configure(json, receiver);
            change?.Invoke(json);
        }));

    public static void Configure(JsonNode json, Uri receiver)
    {
        json["listeners"]![1]!["allowPlainHttp"] = true;
        json["catalogue"] = new JsonObject { ["folder"] = Path.Combine(Repository.Root, "wsdl", "examples") };
        foreach (var participant in json["participants"]!.AsArray())
            participant!["organisationCode"] = "142051";
        json["participants"]!.AsArray().Add(JsonNode.Parse("""
            { "id": "akiya", "organisationCode": "142051",
              "credentials": { "basic": { "user": "akiya", "password": "file:password" } } }
            """));
        Add(json, "interfaces", """
            { "id": "juki-shokai", "service": { "name": "ResidentLookup", "wsdl": "resident.wsdl", "safe": ["GetResident"] } }
            """);
        Add(json, "interfaces", """{ "id": "akiya-toroku", "service": { "name": "VacantHouse", "wsdl": "vacant-house.wsdl" } }""");
        Add(json, "destinations", $$"""
            { "id": "juki-soap", "kind": "service", "url": "{{receiver}}", "silence": "00:03:00", "connectTime": "00:03:00" }
            """);
        Add(json, "routes", """
            { "origin": "kaoku", "interface": "juki-shokai", "receiver": "juki", "destination": "juki-soap" }
            """);
        Add(json, "routes", """
            { "origin": "kaoku", "interface": "akiya-toroku", "receiver": "akiya", "destination": "juki-soap",
              "retry": { "attempts": 5, "firstDelay": "00:00:00.05", "maxDelay": "00:00:00.1" } }
            """);
    }

    public static void Add(JsonNode json, string section, string item) => json[section]!.AsArray().Add(JsonNode.Parse(item));

    public static string Envelope(string body, string header = "", string soap = Soap11) =>
        $"<e:Envelope xmlns:e=\"{soap}\">{(header.Length == 0 ? "" : $"<e:Header>{header}</e:Header>")}"
            + $"<e:Body>{body}</e:Body></e:Envelope>";

    public static string BasicOf(string user) =>
        "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{GatewayFolder.Password}")) + "\r\n";

    public Task<RawAnswer> PostAsync(
        string envelope, string path = ResidentPath, string more = "SOAPAction: \"\"\r\n", string contentType = "text/xml; charset=utf-8",
        string? credentials = null) =>
        SendAsync(
            $"POST {path} HTTP/1.1\r\nContent-Type: {contentType}\r\n{more}{credentials ?? Credentials}", Encoding.UTF8.GetBytes(envelope));

    public Task<RawAnswer> GetAsync(string path, string? credentials = null) =>
        SendAsync($"GET {path} HTTP/1.1\r\n{credentials ?? Credentials}");

    public async Task<RawAnswer> SendAsync(string head, byte[]? body = null)
    {
        await using var client = await RawClient.ConnectAsync(Gateway.PlainAddress);
        var length = body is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        await client.SendAsync($"{head}Host: gw.example\r\n{length}\r\n", body);
        return await client.ReadAsync() ?? throw new IOException("The gateway closed without an answer.");
    }

    /// <summary>The code of a gateway fault, proved to be told in all three places; null where the answer is none.</summary>
    public static string? CodeOf(RawAnswer answer)
    {
        if (answer["LinkGateway-Fault"] is not { } code) return null;
        var fault = XDocument.Parse(answer.Text).Descendants(XName.Get("gatewayFault", Fault)).Single();
        Assert.Equal(code, fault.Element(XName.Get("code", Fault))!.Value);
        return code;
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
