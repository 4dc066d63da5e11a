using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Tests.Profiles;

public sealed class DeviationRulesTests
{
    public static TheoryData<Deviation> All => [.. Enum.GetValues<Deviation>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_deviation_has_a_name_a_rule_and_advice(Deviation deviation)
    {
        Assert.Equal(deviation.ToString(), deviation.Name(), ignoreCase: true);
        Assert.True(char.IsLower(deviation.Name()[0]));
        Assert.NotEmpty(deviation.Rule());
        Assert.EndsWith(".", deviation.Advice(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Lenient_accepts_it_strict_does_not(Deviation deviation)
    {
        Assert.True(WireProfile.Lenient.Accepts(deviation));
        Assert.False(WireProfile.Strict.Accepts(deviation));
        Assert.All(Enum.GetValues<Deviation>(), other =>
        {
            Assert.Equal(other == deviation, WireProfile.Strict.Accepting(deviation).Accepts(other));
            Assert.Equal(other != deviation, WireProfile.Lenient.Refusing(deviation).Accepts(other));
        });
    }
}
