using System.Net;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Connections;

public sealed class GatewayConnectionsTests
{
    static readonly GetReceiptsSinceRequest Question = new();

    [Fact]
    public async Task A_pinned_certificate_is_trusted()
    {
        using var certificate = TestCertificates.Create("gateway");
        await using var gateway = await FakeGateway.StartAsync(certificate);

        var answer = await gateway.Client.GetReceiptsSinceAsync(Question, default);

        Assert.True(answer.Answered, answer.Reason);
    }

    [Fact]
    public async Task A_certificate_that_is_not_pinned_is_refused_and_nothing_is_sent()
    {
        using var certificate = TestCertificates.Create("gateway");
        using var other = TestCertificates.Create("gateway");
        await using var gateway = await FakeGateway.StartAsync(certificate);

        Assert.Equal(BatchOutcome.NotSent, await OutcomeAsync(gateway, new ConnectionOptions { TrustedServerCertificates = [other] }));
        Assert.Equal(BatchOutcome.NotSent, await OutcomeAsync(gateway, new ConnectionOptions()));
        Assert.Empty(gateway.Service.Calls);
    }

    [Fact]
    public async Task A_pinned_certificate_that_has_expired_is_refused()
    {
        using var certificate = TestCertificates.Create("gateway", notAfter: DateTimeOffset.UtcNow.AddMinutes(-1));
        await using var gateway = await FakeGateway.StartAsync(certificate);

        Assert.Equal(BatchOutcome.NotSent, await OutcomeAsync(gateway, gateway.Connection));
    }

    [Theory]
    [InlineData("127.0.0.1", BatchOutcome.Answered)]
    [InlineData("127.0.0.2", BatchOutcome.NotSent)]
    public async Task A_certificate_of_a_pinned_authority_is_trusted_for_its_own_address(string address, BatchOutcome expected)
    {
        using var authority = TestCertificates.CreateAuthority();
        using var certificate = TestCertificates.Issue(authority, IPAddress.Parse(address));
        await using var gateway = await FakeGateway.StartAsync(certificate);

        Assert.Equal(expected, await OutcomeAsync(gateway, new ConnectionOptions { TrustedServerCertificates = [authority] }));
    }

    [Fact]
    public async Task A_pinned_authority_vouches_through_the_intermediate_certificates_that_the_gateway_sends()
    {
        using var root = TestCertificates.CreateAuthority();
        using var intermediate = TestCertificates.CreateAuthority(root);
        using var certificate = TestCertificates.Issue(intermediate, IPAddress.Loopback);
        await using var gateway = await FakeGateway.StartAsync(certificate, chain: [intermediate]);

        Assert.Equal(BatchOutcome.Answered, await OutcomeAsync(gateway, new ConnectionOptions { TrustedServerCertificates = [root] }));
    }

    [Fact]
    public async Task The_client_certificate_is_shown_to_the_gateway()
    {
        using var certificate = TestCertificates.Create("gateway");
        using var client = TestCertificates.Create("juki");
        await using var gateway = await FakeGateway.StartAsync(certificate);

        Assert.Equal(BatchOutcome.Answered, await OutcomeAsync(gateway, gateway.Connection with { ClientCertificate = client }));
        Assert.Equal(client.Thumbprint, gateway.LastHeaders[FakeGateway.ClientCertificate]);
    }

    [Theory]
    [InlineData("http://gateway.example/batch")]
    [InlineData("ftp://gateway.example/batch")]
    [InlineData("/batch")]
    public void Passwords_do_not_travel_over_plain_http_and_addresses_are_absolute(string address)
    {
        var options = new ConnectionOptions { User = "juki", Password = "secret" };

        Assert.Throws<ArgumentException>(() => GatewayConnections.Create(new Uri(address, UriKind.RelativeOrAbsolute), options));
    }

    [Fact]
    public void Plain_http_can_be_allowed_by_name()
    {
        using var http = GatewayConnections.Create(
            new Uri("http://gateway.example/batch"), new ConnectionOptions { User = "juki", Password = "secret", AllowPlainHttp = true });

        Assert.NotNull(http.DefaultRequestHeaders.Authorization);
    }

    static async Task<BatchOutcome> OutcomeAsync(FakeGateway gateway, ConnectionOptions options)
    {
        using var http = GatewayConnections.Create(gateway.Address, options);
        return (await new BatchClient(http, gateway.Address).GetReceiptsSinceAsync(Question, default)).Outcome;
    }
}
