using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Directory;
using LinkGateway.Core.Tests.Configuration;

namespace LinkGateway.Core.Tests.Directory;

public class ParticipantDirectoryTests
{
    static readonly ParticipantDirectory Known = TestConfiguration.Snapshot().Directory;

    [Fact]
    public void Participants_are_found_by_id_exactly()
    {
        Assert.Equal(ParticipantKind.System, Known.Find("142051-kaoku")!.Kind);
        Assert.Null(Known.Find("142051-KAOKU"));
        Assert.Null(Known.Find("*"));
    }

    [Fact]
    public void Participants_are_found_by_user()
    {
        Assert.Equal("142051-kaoku", Known.FindByUser("kaoku")!.Id);
        Assert.Null(Known.FindByUser("142051-kaoku"));
    }

    [Fact]
    public void Participants_are_found_by_the_sha256_of_their_certificate()
    {
        var thumbprint = new Sha256Digest(SHA256.HashData(TestHost.Certificate("kaoku.cer")));

        Assert.Equal("142051-kaoku", Known.FindByCertificate(thumbprint)!.Id);
        Assert.Null(Known.FindByCertificate(new Sha256Digest(SHA256.HashData(TestHost.Certificate("stranger.cer")))));
    }

    [Fact]
    public void A_system_acts_for_itself_alone()
    {
        var system = Known.Find("142051-kaoku")!;

        Assert.True(system.MayActFor("142051-kaoku"));
        Assert.False(system.MayActFor("142051-akiya"));
        Assert.False(system.MayForwardFor("142051-kaoku"));
        Assert.True(system.MayReceiveFor("142051-kaoku"));
        Assert.False(system.MayReceiveFor("142051-akiya"));
    }

    [Fact]
    public void A_gateway_acts_for_those_that_it_is_named_for()
    {
        var any = Known.Find("gw-c")!;
        var named = TestConfiguration.Snapshot(json => json["participants"]![2]!["mayForwardFor"]![0] = "142051-kaoku")
            .Directory.Find("gw-c")!;

        Assert.True(any.MayForwardFor("anybody"));
        Assert.True(named.MayForwardFor("142051-kaoku"));
        Assert.False(named.MayForwardFor("142051-akiya"));
        Assert.True(named.MayReceiveFor("142051-akiya"));
        Assert.False(named.MayReceiveFor("142051-kaoku"));
    }

    [Theory]
    [InlineData("142051-kaoku", "142051-kaoku", "x", true)]
    [InlineData("142051-akiya", "x", "142051-akiya", true)]
    [InlineData("142051-kaoku", "x", "142051-akiya", false)]
    [InlineData("gw-c", "x", "y", true)]
    [InlineData("operator", "x", "y", true)]
    public void Visibility_follows_origin_and_receiver(string caller, string origin, string receiver, bool visible) =>
        Assert.Equal(visible, Known.Find(caller)!.MaySee(origin, receiver));

    [Fact]
    public void A_code_of_five_digits_is_completed()
    {
        var snapshot = TestConfiguration.Snapshot(json => json["participants"]![0]!["organisationCode"] = "14205");

        Assert.Equal("142051", snapshot.Directory.Find("142051-kaoku")!.OrganisationCode.ToString());
    }
}
