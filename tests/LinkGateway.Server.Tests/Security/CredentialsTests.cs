using System.Net;
using System.Text;
using LinkGateway.Server.Security;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Security;

public sealed class CredentialsTests
{
    [Fact]
    public void A_password_may_hold_colons_and_a_user_name_any_letter()
    {
        Assert.Equal(new BasicHeader("家屋", "a:b:c"), BasicHeader.Parse(Basic("家屋:a:b:c", Encoding.UTF8)));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_read_as_Latin_1()
    {
        Assert.Equal(new BasicHeader("rené", "x"), BasicHeader.Parse(Basic("rené:x", Encoding.Latin1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Bearer YTpi")]
    public void What_is_no_Basic_header_gives_no_credentials(string? header)
    {
        Assert.Null(BasicHeader.Parse(header));
    }

    [Fact]
    public void A_verified_password_is_remembered_for_five_minutes_and_only_that_one()
    {
        var clock = new ManualClock();
        var verified = new VerifiedPasswords(clock);
        verified.Add(new BasicHeader("kaoku", "right"));

        Assert.True(verified.Contains(new BasicHeader("kaoku", "right")));
        Assert.False(verified.Contains(new BasicHeader("kaoku", "wrong")));
        Assert.False(verified.Contains(new BasicHeader("koseki", "right")));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(verified.Contains(new BasicHeader("kaoku", "right")));
    }

    [Fact]
    public void A_participant_is_blocked_at_a_source_after_the_allowed_failures_until_its_window_is_over_and_nobody_else_is()
    {
        var clock = new ManualClock();
        var limiter = new FailureLimiter(clock);
        for (var i = 0; i < FailureLimiter.Allowed; i++)
        {
            Assert.Null(limiter.Blocked(IPAddress.Loopback, "kaoku"));
            limiter.Failed(IPAddress.Loopback, "kaoku");
        }

        Assert.Equal(FailureLimiter.Window, limiter.Blocked(IPAddress.Loopback, "kaoku"));
        Assert.Null(limiter.Blocked(IPAddress.Loopback, "koseki"));
        Assert.Null(limiter.Blocked(IPAddress.IPv6Loopback, "kaoku"));
        clock.Advance(FailureLimiter.Window);
        Assert.Null(limiter.Blocked(IPAddress.Loopback, "kaoku"));
        limiter.Failed(IPAddress.Loopback, "kaoku");
        Assert.Null(limiter.Blocked(IPAddress.Loopback, "kaoku"));
    }

    static string Basic(string pair, Encoding encoding) => "Basic " + Convert.ToBase64String(encoding.GetBytes(pair));
}
