using LinkGateway.Core.Routing;

namespace LinkGateway.Core.Tests.Routing;

public class RetryPolicyTests
{
    static readonly RetryPolicy Policy = new(20, TimeSpan.FromSeconds(4), TimeSpan.FromMinutes(10));

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(3, 16)]
    [InlineData(8, 512)]
    [InlineData(9, 600)]
    [InlineData(10_000, 600)]
    public void The_delay_doubles_up_to_its_bound(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Policy.Delay(attempt, jitter01: 1));

    [Theory]
    [InlineData(0, 8)]
    [InlineData(0.5, 12)]
    [InlineData(1, 16)]
    public void Jitter_spreads_it_over_the_upper_half(double jitter, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Policy.Delay(3, jitter));

    [Theory]
    [InlineData(0, true)]
    [InlineData(19, true)]
    [InlineData(20, false)]
    [InlineData(21, false)]
    public void Attempts_are_bounded(int made, bool another) => Assert.Equal(another, Policy.AllowsAnother(made));
}
