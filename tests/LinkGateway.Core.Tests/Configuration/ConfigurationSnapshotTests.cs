using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

public class ConfigurationSnapshotTests
{
    [Fact]
    public void Certificates_of_trusted_issuers_are_loaded()
    {
        var snapshot = TestConfiguration.Snapshot();

        Assert.Equal("CN=gw-b.cer", Assert.Single(snapshot.TrustedIssuers["gw-b"]).Subject);
        Assert.False(snapshot.TrustedIssuers.ContainsKey("gw-c"));
    }

    [Fact]
    public void Certificates_trusted_at_a_gateway_are_loaded()
    {
        var snapshot = TestConfiguration.Snapshot(json => json["destinations"]![1]!["trustedCertificates"] = new JsonArray("tls.cer"));

        var destination = Assert.IsType<GatewayDestination>(snapshot.Configuration.Destinations[1]);
        Assert.Equal("CN=tls.cer", Assert.Single(snapshot.TrustedCertificates(destination)).Subject);
    }

    [Fact]
    public void Dates_are_those_of_the_gateway_s_time_zone()
    {
        var snapshot = TestConfiguration.Snapshot();

        Assert.Equal(TimeSpan.FromHours(9), snapshot.TimeZone.BaseUtcOffset);
        Assert.Equal(new DateOnly(2026, 4, 1), snapshot.DateOf(new DateTimeOffset(2026, 3, 31, 15, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2026, 3, 31), snapshot.DateOf(new DateTimeOffset(2026, 3, 31, 14, 59, 59, TimeSpan.Zero)));
    }

    [Fact]
    public void Interfaces_are_found_by_id()
    {
        Assert.NotNull(TestConfiguration.Snapshot().FindInterface("kaoku-ido"));
        Assert.Null(TestConfiguration.Snapshot().FindInterface("Kaoku-ido"));
    }
}
