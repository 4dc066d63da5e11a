using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Tests.Identity;

public sealed class TransferIdsTests
{
    [Theory]
    [InlineData("1"), InlineData("家屋-2026/11/22 第1回"), InlineData("../../etc/passwd"), InlineData("a b"), InlineData("\U00020BB7")]
    public void Characters_without_controls_are_an_id(string id) => Assert.True(TransferIds.IsValid(id));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("a\0"), InlineData("a\n"), InlineData("\u007F"), InlineData("\u0085")]
    public void Nothing_and_controls_are_not(string? id) => Assert.False(TransferIds.IsValid(id));

    [Fact]
    public void Half_a_surrogate_pair_is_not() => Assert.False(TransferIds.IsValid("a" + (char)0xD842));

    [Fact]
    public void The_length_is_limited_to_255_characters_not_UTF16_units()
    {
        Assert.True(TransferIds.IsValid(new string('x', 255)));
        Assert.False(TransferIds.IsValid(new string('x', 256)));
        Assert.True(TransferIds.IsValid(string.Concat(Enumerable.Repeat("\U00020BB7", 255))));
        Assert.False(TransferIds.IsValid(string.Concat(Enumerable.Repeat("\U00020BB7", 256))));
    }
}
