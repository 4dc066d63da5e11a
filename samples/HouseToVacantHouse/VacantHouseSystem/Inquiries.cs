using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Xml.Linq;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Services;
using LinkGateway.Soap.Envelope;

namespace VendorB.VacantHouses;

/// <summary>Asks the other systems of the municipality, through the gateway, in SOAP 1.2.</summary>
sealed class Inquiries : IDisposable
{
    const string Municipality = "142051";
    const string OtherMunicipality = "131016";
    const int Page = 20;

    static readonly XNamespace H = "http://linkgateway.example/services/house/2026";
    static readonly XNamespace R = "http://linkgateway.example/services/resident/2026";

    readonly HttpClient _http;
    readonly ServiceClient _services;

    Inquiries(Uri gateway, ConnectionOptions connection)
    {
        _http = GatewayConnections.Create(gateway, connection);
        _services = new ServiceClient(_http, gateway);
    }

    /// <param name="settings">A JSON file: where the gateway is, and who calls it.</param>
    public static Inquiries Open(string settings)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(settings));
        string Setting(string name) => json.RootElement.GetProperty(name).GetString()!;
        return new Inquiries(new Uri(Setting("address")), new ConnectionOptions
        {
            User = Setting("user"),
            Password = Setting("password"),
            TrustedServerCertificates = [X509CertificateLoader.LoadCertificateFromFile(Setting("certificate"))],
        });
    }

    public async Task<Finding> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var (started, times) = (DateTimeOffset.UtcNow, new List<double>());
        XElement? cursor = null;
        var content = "";
        do
        {
            var clock = Stopwatch.StartNew();
            await using var answer = await _services.CallAsync(CallFor(question, cursor), cancellationToken);
            if (answer.Outcome is not ServiceOutcome.Answered)
            {
                var (outcome, code) = answer.Outcome switch
                {
                    ServiceOutcome.ReceiverFault fault => ("businessFault", fault.Detail?.Elements().First().Value),
                    ServiceOutcome.Refused refused => ("gatewayFault", refused.Code),
                    _ => ("trouble", null),
                };
                return new Finding(outcome, code, answer.Outcome.Reason, started, times);
            }
            var result = answer.Body.Elements().Single();
            content += question.Kind == "list" ? NumbersOf(result) : FieldsOf(result);
            if (question.Kind == "plan")
                content += " " + await DigestAsync(answer, result.Element(H + "plan")!.Value, cancellationToken);
            times.Add(clock.Elapsed.TotalMilliseconds);
            cursor = result.Element(H + "cursor");
        }
        while (cursor is not null);
        return new Finding("answered", null, content, started, times);
    }

    public void Dispose() => _http.Dispose();

    static ServiceCall CallFor(Question question, XElement? cursor) => question.Kind switch
    {
        "resident" => Call("ResidentLookup", new XElement(R + "GetResident", new XElement(R + "atenaNumber", question.Key))),
        "list" => Call("HouseLookup", new XElement(H + "ListHouses",
            new XElement(H + "location", question.Key), new XElement(H + "max", Page), cursor)),
        "plan" => Call("HouseLookup", new XElement(H + "GetHouse",
            new XElement(H + "houseNumber", question.Key), new XElement(H + "wantPlan", true))),
        _ => Call("HouseLookup", new XElement(H + "GetHouse", new XElement(H + "houseNumber", question.Key))) with
        {
            Organisation = question.Kind == "elsewhere" ? OtherMunicipality : Municipality,
        },
    };

    static ServiceCall Call(string service, XElement body) => new()
    {
        Organisation = Municipality,
        Service = service,
        Version = SoapVersion.Soap12,
        Action = $"{body.Name.NamespaceName}/{body.Name.LocalName}",
        Body = body.WriteTo,
    };

    static string NumbersOf(XElement result) =>
        string.Concat(result.Elements(H + "house").Select(house => house.Element(H + "houseNumber")!.Value + ";"));

    static string FieldsOf(XElement result) =>
        string.Join('|', result.Elements().Where(element => element.Name != H + "plan").Select(element => element.Value));

    static async Task<string> DigestAsync(ServiceAnswer answer, string reference, CancellationToken cancellationToken)
    {
        var plan = new MemoryStream();
        if (!await answer.CopyAttachmentAsync(reference, plan, cancellationToken)) return "no plan";
        return Convert.ToHexStringLower(SHA256.HashData(plan.ToArray()));
    }
}
