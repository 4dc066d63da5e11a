using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using LinkGateway.Client.Connections;
using LinkGateway.Contract.Operator;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Operator;

/// <summary>Who reaches the operator API, and where.</summary>
public sealed class OperatorAccessTests
{
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_operator_logs_in_by_password_or_certificate()
    {
        X509Certificate2? yakan = null;
        await using var gateway = await OperatorDesk.StartAsync(prepare: folder => yakan = folder.MakeCertificate("yakan"));

        Assert.Equal("gw-test", (await gateway.Operators().StatusAsync(None)).Answered().GatewayId);
        Assert.Equal("gw-test", (await gateway.Operators(yakan!).StatusAsync(None)).Answered().GatewayId);
    }

    [Theory]
    [InlineData("kaoku")]
    [InlineData("gw-other")]
    public async Task Participants_of_other_kinds_are_refused(string user)
    {
        await using var gateway = await OperatorDesk.StartAsync();

        Assert.Equal("LG-7001", (await gateway.Operators(user).StatusAsync(None)).Code());
        Assert.Equal("LG-7001", (await gateway.Operators(user).GiveAsync(OrderKind.Hold, "any", "why", false, None)).Code());
        Assert.NotEmpty(gateway.Log.Texts(702));
    }

    [Fact]
    public async Task A_participant_with_a_certificate_is_refused_too()
    {
        await using var gateway = await OperatorDesk.StartAsync();

        Assert.Equal("LG-7001", (await gateway.Operators(gateway.Folder.Juki).StatusAsync(None)).Code());
    }

    [Fact]
    public async Task Strangers_read_a_challenge()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        using var http = gateway.Connect(address: gateway.AddressOf());

        using var response = await http.GetAsync(new Uri(gateway.AddressOf(), OperatorPaths.Status));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("LG-3005", await CodeAsync(response));
        Assert.Equal("LG-3005", (await gateway.Operators("nobody").StatusAsync(None)).Code());
    }

    [Fact]
    public async Task No_password_is_taken_over_plain_http_unless_the_listener_allows_it_by_name()
    {
        var caller = new ConnectionOptions { User = OperatorDesk.Operator, Password = GatewayFolder.Password };
        await using (var strict = await OperatorDesk.StartAsync())
            Assert.Equal("LG-3005", (await strict.OperatorsBy(caller, strict.AddressOf("http")).StatusAsync(None)).Code());

        await using var allowing = await OperatorDesk.StartAsync(json => json["operator"]!["listeners"]![1]!["allowPlainHttp"] = true);
        (await allowing.OperatorsBy(caller, allowing.AddressOf("http")).StatusAsync(None)).Answered();
    }

    [Fact]
    public async Task The_operator_api_is_not_at_the_listeners_for_data()
    {
        await using var gateway = await OperatorDesk.StartAsync();

        foreach (var address in new[] { gateway.Address, gateway.PlainAddress })
        {
            using var http = gateway.Connect(
                new ConnectionOptions
                {
                    User = OperatorDesk.Operator,
                    Password = GatewayFolder.Password,
                    TrustedServerCertificates = [gateway.ServerCertificate],
                },
                address);
            using var response = await http.GetAsync(new Uri(address, OperatorPaths.Status));
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Unauthorized });
        }
    }

    [Fact]
    public async Task Nothing_for_participants_is_at_the_listeners_for_operators()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        using var http = gateway.Connect(
            new ConnectionOptions
            {
                User = OperatorDesk.Operator,
                Password = GatewayFolder.Password,
                TrustedServerCertificates = [gateway.ServerCertificate],
            },
            gateway.AddressOf());

        foreach (var path in new[] { "/batch", "/batch?wsdl", "/services/142051/Any", "/health/ready" })
        {
            using var response = await http.GetAsync(new Uri(gateway.AddressOf(), path));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("LG-1005", await CodeAsync(response));
        }
    }

    [Fact]
    public async Task Without_the_section_no_operator_is_served()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Empty(gateway.Host.OperatorListeners);
    }

    [Fact]
    public async Task Guesses_at_the_listeners_for_data_lock_no_operator_out()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        var guesser = gateway.As(OperatorDesk.Operator, "guess");
        for (var i = 0; i <= Server.Security.FailureLimiter.Allowed; i++)
            await guesser.GetTransferStatusAsync(Files.Status("none"), None);

        (await gateway.Operators().StatusAsync(None)).Answered();
    }

    [Fact]
    public async Task An_order_from_another_page_of_a_browser_is_refused()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        using var http = gateway.Connect(
            new ConnectionOptions
            {
                User = OperatorDesk.Operator,
                Password = GatewayFolder.Password,
                TrustedServerCertificates = [gateway.ServerCertificate],
            },
            gateway.AddressOf());
        using var content = new StringContent("""{ "reason": "forged" }""", Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));

        using var response = await http.PostAsync(new Uri(gateway.AddressOf(), OperatorPaths.Order("any", OrderVerbs.Cancel)), content);

        Assert.Equal((HttpStatusCode.BadRequest, "LG-1003"), (response.StatusCode, await CodeAsync(response)));
    }

    [Fact]
    public async Task A_revoked_operator_is_refused_after_a_reload()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        var client = gateway.Operators();
        (await client.StatusAsync(None)).Answered();
        var configuration = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(gateway.Folder.ConfigurationPath))!;
        var participants = configuration["participants"]!.AsArray();
        participants.Remove(participants.First(participant => (string?)participant!["id"] == OperatorDesk.Operator));
        await File.WriteAllTextAsync(gateway.Folder.ConfigurationPath, configuration.ToJsonString());

        Assert.Empty(gateway.Host.Reload().Errors);

        Assert.Equal("LG-3005", (await client.StatusAsync(None)).Code());
    }

    static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.GetProperty("code").GetString();
}
