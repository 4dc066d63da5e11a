using System.Text;
using System.Text.Json.Nodes;
using LinkGateway.Client.Connections;
using LinkGateway.Core.Configuration;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Server.Tests.Partners;

/// <summary>How a participant's software speaks, on the wire of the batch service.</summary>
public sealed class PartnerProfileTests
{
    const int Deviates = 403;
    const int DeviationRefused = 404;
    const string Batch = "http://linkgateway.example/batch/2026";
    const string ToTheLetter = "multipart/related; type=\"text/xml\"; start=\"<root@x>\"; boundary=\"b\"";
    const string WithoutType = "multipart/related; start=\"<root@x>\"; boundary=\"b\"";
    const string Accepted = "<state>Accepted</state>";

    [Fact]
    public void The_switches_of_the_configuration_are_the_deviations_of_the_wire() =>
        Assert.Equal(Enum.GetNames<Deviation>(), Enum.GetNames<WireDeviation>());

    [Fact]
    public async Task What_a_lenient_partner_sends_is_accepted_and_logged_when_it_is_first_seen()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Contains(Accepted, await PostAsync(gateway, WithoutType, "t1"), StringComparison.Ordinal);
        Assert.Contains(Accepted, await PostAsync(gateway, WithoutType, "t2"), StringComparison.Ordinal);

        await gateway.Log.WaitForAsync(Deviates);
        var text = Assert.Single(gateway.Log.Texts(Deviates));
        Assert.Contains("kaoku", text, StringComparison.Ordinal);
        Assert.Contains("typeMissing", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strict_partner_reads_which_rule_its_message_breaks_and_which_switch_accepts_it()
    {
        await using var gateway = await TestGateway.StartAsync(json => Profile(json, """{ "wire": "strict" }"""));

        Assert.Contains(Accepted, await PostAsync(gateway, ToTheLetter, "t1"), StringComparison.Ordinal);
        var fault = await PostAsync(gateway, WithoutType, "t2");

        Assert.Contains("<code>LG-1001</code>", fault, StringComparison.Ordinal);
        Assert.Contains("RFC 2387 3.1", fault, StringComparison.Ordinal);
        Assert.Contains("typeMissing", fault, StringComparison.Ordinal);
        await gateway.Log.WaitForAsync(DeviationRefused);
        Assert.Contains("typeMissing", Assert.Single(gateway.Log.Texts(DeviationRefused)), StringComparison.Ordinal);
        Assert.Empty(gateway.Log.Texts(Deviates));
    }

    [Theory]
    [InlineData("""{ "wire": "strict", "accept": ["typeMissing"] }""", true)]
    [InlineData("""{ "wire": "strict", "accept": ["bareLineFeed"] }""", false)]
    [InlineData("""{ "refuse": ["typeMissing"] }""", false)]
    [InlineData("""{ "refuse": ["bareLineFeed"] }""", true)]
    public async Task Each_deviation_has_its_switch(string profile, bool accepted)
    {
        await using var gateway = await TestGateway.StartAsync(json => Profile(json, profile));

        var answer = await PostAsync(gateway, WithoutType, "t1");

        Assert.Equal(accepted, answer.Contains(Accepted, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reload_changes_the_profile()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.Contains(Accepted, await PostAsync(gateway, WithoutType, "t1"), StringComparison.Ordinal);

        gateway.Folder.Configure(json => Profile(json, """{ "wire": "strict" }"""));
        Assert.True(gateway.Host.Reload().Succeeded);

        Assert.Contains("typeMissing", await PostAsync(gateway, WithoutType, "t2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<file href=\"cid:f@x\"/>", "<f@x>")]
    [InlineData("<file><i:Include xmlns:i=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:f@x\"/></file>", "<f@x>")]
    [InlineData("<file>cid:f%40x</file>", "<f@x>")]
    [InlineData("<file>f@x</file>", "<f@x>")]
    [InlineData("", "<file=0a1b@x>")]
    public async Task An_attachment_is_found_however_it_is_referred_to(string file, string contentId)
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await PostAsync(gateway, ToTheLetter, "t1", file, contentId);

        Assert.Contains(Accepted, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_reference_and_without_an_attachment_of_that_name_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await PostAsync(gateway, ToTheLetter, "t1", "", "<other@x>");

        Assert.Contains("<code>LG-1002</code>", answer, StringComparison.Ordinal);
    }

    static void Profile(JsonNode json, string profile) => json["participants"]![0]!["profile"] = JsonNode.Parse(profile);

    static async Task<string> PostAsync(
        TestGateway gateway, string contentType, string transferId, string file = "<file>cid:f@x</file>", string contentId = "<f@x>")
    {
        using var http = gateway.Connect(new ConnectionOptions
        {
            User = "kaoku",
            Password = GatewayFolder.Password,
            TrustedServerCertificates = [gateway.ServerCertificate],
        });
        var submit = $"""
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><SubmitFile xmlns="{Batch}"><manifest>
            <origin>kaoku</origin><receiver>juki</receiver><interfaceId>kaoku-ido</interfaceId><transferId>{transferId}</transferId>
            <kind>full</kind><environment>test</environment><fileName>{transferId}.csv</fileName>
            </manifest>{file}</SubmitFile></e:Body></e:Envelope>
            """;
        var message = string.Join("\r\n",
            "--b", "Content-Type: text/xml; charset=utf-8", "Content-ID: <root@x>", "", submit,
            "--b", "Content-Type: text/csv", $"Content-ID: {contentId}", "", "a,b,c", "--b--", "");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(message));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Address) { Content = content };
        request.Headers.TryAddWithoutValidation("SOAPAction", "\"\"");
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
