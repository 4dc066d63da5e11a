using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Tests.Configuration;

namespace LinkGateway.Core.Tests.Routing;

public class RouteTableTests
{
    static readonly ConfigurationSnapshot Snapshot = TestConfiguration.Snapshot(json => json["routes"]![0]!["retention"] = "1.00:00:00");

    [Fact]
    public void The_route_that_names_the_origin_wins_over_the_wildcard() =>
        Assert.Equal("to-gw-b", Snapshot.Routes.Resolve("142051-kaoku", "kaoku-ido", "142051-akiya")!.Destination.Id);

    [Fact]
    public void The_order_in_the_file_does_not_matter()
    {
        var reversed = TestConfiguration.Snapshot(json =>
            json["routes"] = new JsonArray([.. json["routes"]!.AsArray().Reverse().Select(route => route!.DeepClone())]));

        Assert.Equal("to-gw-b", reversed.Routes.Resolve("142051-kaoku", "kaoku-ido", "142051-akiya")!.Destination.Id);
    }

    [Fact]
    public void Any_other_origin_takes_the_wildcard() =>
        Assert.Equal("folder", Snapshot.Routes.Resolve("gw-c", "kaoku-ido", "142051-akiya")!.Destination.Id);

    [Theory]
    [InlineData("142051-kaoku", "kaoku-ido", "142051-kaoku")]
    [InlineData("142051-kaoku", "other", "142051-akiya")]
    [InlineData("142051-kaoku", "*", "142051-akiya")]
    [InlineData("142051-kaoku", "kaoku-ido", "*")]
    [InlineData("142051-kaoku", "KAOKU-IDO", "142051-akiya")]
    [InlineData("", "", "")]
    public void What_no_route_names_is_refused(string origin, string interfaceId, string receiver) =>
        Assert.Null(Snapshot.Routes.Resolve(origin, interfaceId, receiver));

    [Fact]
    public void A_route_has_everything_resolved()
    {
        var route = Snapshot.Routes.Resolve("142051-kaoku", "kaoku-ido", "142051-akiya")!;

        Assert.Equal("kaoku-ido", route.Interface.Id);
        Assert.Equal("test", route.Environment);
        Assert.Equal(TimeSpan.FromDays(1), route.Retention);
        Assert.Equal(2000, route.Retry.Attempts);
    }

    [Fact]
    public void Looking_up_allocates_nothing()
    {
        var table = Snapshot.Routes;
        table.Resolve("nobody", "kaoku-ido", "142051-akiya");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) table.Resolve("nobody", "kaoku-ido", "142051-akiya");

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
