using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace VendorA.PropertyTax;

/// <summary>Reports vacant houses to the vacant-house system through the gateway: one-way, by a bare HTTP client.</summary>
/// <param name="folder">Holds <c>gateway.json</c>, where the gateway is and who calls it; keeps what was sent.</param>
sealed class VacancyReporter(string folder)
{
    const string Action = "http://linkgateway.example/services/vacant-house/2026/RegisterVacantHouse";

    static readonly XNamespace N = "http://linkgateway.example/services/vacant-house/2026";
    static readonly XNamespace Wsa = "http://www.w3.org/2005/08/addressing";

    /// <summary>
    /// Sends a report, and once more as this vendor does at every restart: the gateway knows the repetition by its MessageID.
    /// </summary>
    public async Task<object> ReportAsync(string reportId, House house)
    {
        using var settings = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "gateway.json")));
        string Setting(string name) => settings.RootElement.GetProperty(name).GetString()!;
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(Setting("certificate"));
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback =
                (_, shown, _, _) => shown?.RawDataMemory.Span.SequenceEqual(trusted.RawDataMemory.Span) == true,
        };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Setting("user")}:{Setting("password")}")));

        var messageId = new XElement(Wsa + "MessageID", $"urn:uuid:{Guid.NewGuid()}");
        var message = Encoding.UTF8.GetBytes(Soap.Write(Report(reportId, house), messageId));
        var sent = Path.Combine(folder, reportId + ".xml");
        await File.WriteAllBytesAsync(sent, message);
        var address = new Uri(new Uri(Setting("address")), "/services/142051/VacantHouse");
        var (first, id) = await PostAsync(http, address, message);
        var (second, again) = await PostAsync(http, address, message);
        return new { sent, status = (int)first, transferId = id, repeated = second == first && again == id };
    }

    static async Task<(HttpStatusCode Status, string? TransferId)> PostAsync(HttpClient http, Uri address, byte[] message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(message) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
        request.Headers.Add("SOAPAction", $"\"{Action}\"");
        using var answer = await http.SendAsync(request);
        var id = answer.Headers.TryGetValues("LinkGateway-Transfer-Id", out var values) ? Uri.UnescapeDataString(values.Single()) : null;
        return (answer.StatusCode, id);
    }

    static XElement Report(string reportId, House house) => new(N + "RegisterVacantHouse",
        new XElement(N + "reportId", reportId),
        new XElement(N + "houseNumber", house.Number),
        new XElement(N + "location", house.Location),
        new XElement(N + "foundOn", "2026-11-20"),
        new XElement(N + "reportedAt", "2026-11-27T01:30:00+09:00"),
        new XElement(N + "floorArea", house.FloorArea),
        new XElement(N + "ownerAtenaNumber", house.OwnerNumber),
        new XElement(N + "legalBasis", "空家等対策の推進に関する特別措置法 第10条"));
}
