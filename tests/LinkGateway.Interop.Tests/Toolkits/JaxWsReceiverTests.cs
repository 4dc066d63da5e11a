using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// Receivers made with JAX-WS behind the gateway, one that speaks SOAP 1.1 and one that speaks SOAP 1.2: what they received and how their
/// answers are read. Callers are made with zeep, for houses with JAX-WS, and for vacant houses with .NET.
/// </summary>
[Collection(ToolkitCollection.Name)]
public sealed class JaxWsReceiverTests(ToolkitGateway gateway, JaxWsReceiver receiver)
{
    // What the receiver needs is what the client needs.
    const string Toolkit = "jaxws";
    const string Of11 = "131016";
    const string Of12 = "011002";
    const string VacantHouse = "http://linkgateway.example/services/vacant-house/2026";

    readonly LookupClient _zeep = gateway.Lookup("zeep");

    [RequiresToolkitFact(Toolkit)]
    public Task Its_answer_is_read() => IsReadAsync(Of11, "text/xml");

    [RequiresToolkitFact(Toolkit)]
    public Task Its_business_fault_is_read() => ItsFaultIsReadAsync(Of11, "text/xml");

    [RequiresToolkitFact(Toolkit)]
    public Task Its_answer_is_read_by_a_caller_of_SOAP_1_2() => IsReadAsync(Of11, "text/xml", _zeep.Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task Its_business_fault_is_read_by_a_caller_of_SOAP_1_2() => ItsFaultIsReadAsync(Of11, "text/xml", _zeep.Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task Its_answer_in_SOAP_1_2_is_read() => IsReadAsync(Of12, "application/soap+xml", _zeep.Soap12);

    [RequiresToolkitFact(Toolkit)]
    public Task Its_answer_in_SOAP_1_2_is_read_by_a_caller_of_SOAP_1_1() => IsReadAsync(Of12, "application/soap+xml");

    [RequiresToolkitFact(Toolkit)]
    public Task Its_business_fault_in_SOAP_1_2_is_read_by_a_caller_of_SOAP_1_1() => ItsFaultIsReadAsync(Of12, "application/soap+xml");

    [RequiresToolkitFact(Toolkit)]
    public async Task The_attachment_of_its_answer_is_read_by_a_caller_made_with_JAX_WS()
    {
        await receiver.StartAsync(gateway);
        var plan = Path.Combine(gateway.Folder("plans"), "1-1.pdf");
        var before = receiver.Received.Length;

        var run = await LookUpHouseAsync("1-1", plan);

        run.Ended(0).Says("location", "藤沢市大𠮷").Says("floorArea", "98.50").Says("planType", "application/pdf");
        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => (byte)i), await File.ReadAllBytesAsync(plan));
        await IsReceivedAsync($"GetHouse text/xml {ToolkitGateway.Origin} 1-1", before);
    }

    [RequiresToolkitFact(Toolkit)]
    public async Task A_one_way_report_is_delivered_to_it_once_and_with_its_photographs()
    {
        await receiver.StartAsync(gateway);
        var (first, second) = (TempFolder.Bytes(100_001), ToolkitFiles.Binary);

        var answer = await ReportAsync("R-photos", first, second);
        var again = await ReportAsync("R-photos", first, second);

        Assert.Equal((202, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(202, (int)again.StatusCode);
        var transfer = Assert.Single(answer.Headers.GetValues("LinkGateway-Transfer-Id"));
        Assert.Equal(transfer, Assert.Single(again.Headers.GetValues("LinkGateway-Transfer-Id")));
        var expected = $"RegisterVacantHouse multipart/related {ToolkitGateway.Origin} R-photos 藤沢市大𠮷 {Sha256(first)} {Sha256(second)}";
        await IsReceivedAsync(expected);
        // A later message has come: a second delivery of the first would have come before it.
        await ReportAsync("R-later");
        await IsReceivedAsync($"RegisterVacantHouse text/xml {ToolkitGateway.Origin} R-later 藤沢市大𠮷");
        Assert.Single(receiver.Received, line => line.Contains("R-photos", StringComparison.Ordinal));
    }

    async Task IsReadAsync(string organisationCode, string type, params (string, string)[] variables)
    {
        await receiver.StartAsync(gateway);

        var before = receiver.Received.Length;
        var run = await _zeep.RunAsync(ResidentReceiver.Known, [_zeep.Of(organisationCode), .. variables]);

        LookupClient.ReadsTheResident(run);
        await IsReceivedAsync($"GetResident {type} {ToolkitGateway.Origin} {ResidentReceiver.Known}", before);
    }

    async Task ItsFaultIsReadAsync(string organisationCode, string type, params (string, string)[] variables)
    {
        await receiver.StartAsync(gateway);

        var before = receiver.Received.Length;
        var run = await _zeep.RunAsync(ResidentReceiver.Unknown, [_zeep.Of(organisationCode), .. variables]);

        LookupClient.ReadsTheBusinessFault(run);
        await IsReceivedAsync($"GetResident {type} {ToolkitGateway.Origin} {ResidentReceiver.Unknown}", before);
    }

    async Task<ToolkitRun> LookUpHouseAsync(string houseNumber, string plan)
    {
        var (source, output) = (ToolkitRequirements.Folder(Toolkit), gateway.Folder("build-lookup-house"));
        var address = new Uri(gateway.Address, "/services/142051/HouseLookup");
        (string, string)[] variables =
        [
            ("LINKGW_URL", address.ToString()), ("LINKGW_USER", ToolkitGateway.Origin), ("LINKGW_PASSWORD", gateway.Password),
            ("LINKGW_CA", gateway.CertificateAuthority), ("LINKGW_BUILD", output),
        ];
        var build = Path.Combine(source, "build-lookup-house");
        (await ToolkitProcess.RunAsync(build, [$"{address}?wsdl", output], output, variables)).Ended(0);
        return await ToolkitProcess.RunAsync(Path.Combine(source, "lookup-house"), [houseNumber, plan], output, variables);
    }

    // What the receiver writes comes by a pipe, perhaps behind its answer, and with what others have it write.
    async Task IsReceivedAsync(string line, int after = 0) =>
        await Patience.UntilAsync(() => Task.FromResult(receiver.Received), lines => lines.Skip(after).Contains(line));

    async Task<HttpResponseMessage> ReportAsync(string reportId, params byte[][] photos)
    {
        using var http = gateway.Connect();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/services/142051/VacantHouse"));
        request.Headers.Add("SOAPAction", $"\"{VacantHouse}/RegisterVacantHouse\"");
        var root = new StringContent(Envelope(reportId, photos.Length), Encoding.UTF8, "text/xml");
        request.Content = photos.Length == 0 ? root : WithPhotos(root, photos);
        return await http.SendAsync(request);
    }

    static MultipartContent WithPhotos(StringContent root, byte[][] photos)
    {
        // The same boundary each time: a repetition is the same message, byte for byte.
        var message = new MultipartContent("related", "----of-the-report") { root };
        message.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("type", "\"text/xml\""));
        for (var i = 0; i < photos.Length; i++)
        {
            var photo = new ByteArrayContent(photos[i]);
            photo.Headers.ContentType = new("image/jpeg");
            photo.Headers.TryAddWithoutValidation("Content-ID", $"<photo{i}@client>");
            message.Add(photo);
        }
        return message;
    }

    static string Envelope(string reportId, int photos) =>
        $"""
        <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>
        <w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">urn:report:{reportId}</w:MessageID></e:Header><e:Body>
        <RegisterVacantHouse xmlns="{VacantHouse}"><reportId>{reportId}</reportId><location>藤沢市大𠮷</location>
        <foundOn>2026-11-20</foundOn><reportedAt>2026-11-27T09:00:00+09:00</reportedAt>
        <legalBasis>空家等対策の推進に関する特別措置法 第10条</legalBasis>
        {string.Concat(Enumerable.Range(0, photos).Select(i => $"<photo>cid:photo{i}@client</photo>"))}
        </RegisterVacantHouse></e:Body></e:Envelope>
        """;

    static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
