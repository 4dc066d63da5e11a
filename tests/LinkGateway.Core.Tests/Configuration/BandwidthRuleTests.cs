using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

public sealed class BandwidthRuleTests
{
    [Fact]
    public void A_cap_is_a_size_a_second_and_there_is_none_unless_it_is_stated()
    {
        var snapshot = Snapshot(json =>
        {
            json["routes"]![0]!["bandwidth"] = "50MiB";
            json["destinations"]![1]!["bandwidth"] = 100_000;
        });

        Assert.Equal([50L << 20, null], snapshot.Routes.All.Select(route => route.Bandwidth));
        Assert.Equal([null, 100_000L], snapshot.Configuration.Destinations.Select(destination => destination.Bandwidth));
    }

    [Theory]
    [InlineData("0B")]
    [InlineData("63KiB")]
    [InlineData("2TiB")]
    public void A_cap_under_which_files_would_seem_silent_is_refused(string bandwidth)
    {
        SingleError("$.routes[0].bandwidth", json => json["routes"]![0]!["bandwidth"] = bandwidth);
        SingleError("$.destinations[0].bandwidth", json => json["destinations"]![0]!["bandwidth"] = bandwidth);
    }
}
