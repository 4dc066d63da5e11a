using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LinkGateway.Client.Connections;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Batch;

/// <summary>What a caller reads when something is wrong, as bytes on the wire.</summary>
public sealed class FaultTests
{
    const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";
    const string Batch = "http://linkgateway.example/batch/2026";

    [Fact]
    public async Task What_is_no_XML_is_the_senders_fault()
    {
        var (status, answer) = await PostAsync("<not closed", "text/xml");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains("soap:Client", answer, StringComparison.Ordinal);
        Assert.Contains("<code>LG-1001</code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_SOAP_1_2_request_is_answered_in_SOAP_1_2_with_status_400()
    {
        var (status, answer) = await PostAsync(
            Envelope(Soap12, $"<GetTransferStatus xmlns=\"{Batch}\"><color/></GetTransferStatus>"), "application/soap+xml");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("soap:Sender", answer, StringComparison.Ordinal);
        Assert.Contains("<code>LG-1003</code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_its_closing_boundary_is_refused_and_nothing_of_it_accepted()
    {
        await using var gateway = await TestGateway.StartAsync();
        const string MediaType = "multipart/related; boundary=B; type=\"text/xml\"";
        var whole = Multipart("t1") + "\r\n--B--\r\n";

        var (_, cut) = await PostAsync(gateway, Multipart("t1"), MediaType);
        Assert.Contains("<code>LG-1007</code>", cut, StringComparison.Ordinal);
        var before = await gateway.As("kaoku").GetTransferStatusAsync(Files.Status("t1"), CancellationToken.None);
        Assert.NotEqual("Accepted", before.Value?.State);

        var (status, accepted) = await PostAsync(gateway, whole, MediaType);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<state>Accepted</state>", accepted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_that_is_not_there_is_named()
    {
        await using var gateway = await TestGateway.StartAsync();

        var (_, answer) = await PostAsync(gateway, Envelope(Soap11, Submit("t1")), "text/xml");

        Assert.Contains("<code>LG-1004</code>", answer, StringComparison.Ordinal);
        Assert.Contains("cid:file", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ja,en;q=0.5", "xml:lang=\"ja\"")]
    [InlineData("en;q=0.5,ja-JP;q=0.4", "xml:lang=\"en\"")]
    [InlineData("de", "xml:lang=\"en\"")]
    public async Task Faults_are_in_the_language_asked_for(string acceptLanguage, string expected)
    {
        var request = $"<GetTransferStatus xmlns=\"{Batch}\"><transferId>t1</transferId></GetTransferStatus>";

        var (_, answer) = await PostAsync(Envelope(Soap11, request), "text/xml", acceptLanguage);

        Assert.Contains("<code>LG-2001</code>", answer, StringComparison.Ordinal);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documents_of_the_contract_are_published_with_the_address_to_everybody()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var http = gateway.Connect();

        foreach (var query in new[] { "?wsdl", "?wsdl=mime", "?wsdl=soap12", "?wsdl=soap12mime" })
        {
            var document = await http.GetStringAsync(new Uri(gateway.Address, query));
            Assert.Contains($"location=\"{gateway.Address}\"", document, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Health_is_open_and_tells_nothing_else_and_other_addresses_are_closed()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var http = gateway.Connect();

        Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync(new Uri(gateway.Address, "/health/live")));
        Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync(new Uri(gateway.Address, "/health/ready")));
        using var elsewhere = await http.GetAsync(new Uri(gateway.Address, "/anything"));
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
    }

    static string Envelope(string soap, string body) => $"<e:Envelope xmlns:e=\"{soap}\"><e:Body>{body}</e:Body></e:Envelope>";

    static string Multipart(string transferId) => string.Join("\r\n",
        "--B", "Content-Type: text/xml", "", Envelope(Soap11, Submit(transferId)),
        "--B", "Content-Type: application/octet-stream", "Content-ID: <file>", "", "a,b,c");

    static string Submit(string transferId) => $"""
        <SubmitFile xmlns="{Batch}">
          <manifest>
            <origin>kaoku</origin><receiver>juki</receiver><interfaceId>kaoku-ido</interfaceId><transferId>{transferId}</transferId>
            <kind>full</kind><environment>test</environment><fileName>a.csv</fileName>
          </manifest>
          <file>cid:file</file>
        </SubmitFile>
        """;

    static async Task<(HttpStatusCode Status, string Answer)> PostAsync(string text, string mediaType, string? acceptLanguage = null)
    {
        await using var gateway = await TestGateway.StartAsync();
        return await PostAsync(gateway, text, mediaType, acceptLanguage);
    }

    static async Task<(HttpStatusCode Status, string Answer)> PostAsync(
        TestGateway gateway, string text, string mediaType, string? acceptLanguage = null)
    {
        using var http = gateway.Connect(new ConnectionOptions
        {
            User = "kaoku",
            Password = GatewayFolder.Password,
            TrustedServerCertificates = [gateway.ServerCertificate],
        });
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Address) { Content = content };
        if (acceptLanguage is not null)
            request.Headers.Add("Accept-Language", acceptLanguage);
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
