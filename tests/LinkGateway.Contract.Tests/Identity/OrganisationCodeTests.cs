using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Tests.Identity;

public sealed class OrganisationCodeTests
{
    [Theory]
    [InlineData("011002")] // 札幌市
    [InlineData("131016")] // 千代田区
    [InlineData("130001")] // 東京都
    [InlineData("042021")] // 石巻市
    [InlineData("142051")] // 藤沢市
    [InlineData("271004")] // 大阪市
    [InlineData("472018")] // 那覇市
    public void A_code_is_taken_with_its_check_digit_and_completed_without_it(string code)
    {
        Assert.True(OrganisationCode.TryParse(code, out var six));
        Assert.True(OrganisationCode.TryParse(code[..5], out var five));

        Assert.Equal(code, six.ToString());
        Assert.Equal(six, five);
    }

    [Theory]
    [InlineData("00000", '1')] // remainder 0: the last digit of 11
    [InlineData("00006", '0')] // 12, remainder 1: the last digit of 10
    [InlineData("00005", '1')] // 10: 11 − 10
    [InlineData("00001", '9')]
    public void The_check_digit_is_the_last_digit_of_11_minus_the_remainder(string five, char checkDigit)
    {
        Assert.True(OrganisationCode.TryParse(five, out var code));
        Assert.Equal(five + checkDigit, code.ToString());
    }

    [Fact]
    public void Of_the_ten_last_digits_exactly_one_is_right()
    {
        for (var five = 0; five < 100_000; five += 37)
            Assert.Single(Enumerable.Range(0, 10), last => OrganisationCode.TryParse($"{five:D5}{last}", out _));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("1420"), InlineData("1420511"), InlineData("142052"), InlineData("14205X")]
    [InlineData("\uFF11\uFF14\uFF12\uFF10\uFF15\uFF11"), InlineData(" 14205"), InlineData("-14205")]
    public void Anything_else_is_refused(string? text) => Assert.False(OrganisationCode.TryParse(text, out _));

    [Fact]
    public void The_default_value_is_no_code() => Assert.Equal("", default(OrganisationCode).ToString());
}
