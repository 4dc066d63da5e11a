using LinkGateway.Core.Messages;

namespace LinkGateway.Core.Tests.Messages;

public class CallbackTokenTests
{
    [Theory]
    [InlineData("142051-kaoku", "urn:uuid:6B29FC40-CA47-1067-B31D-00DD010662DA")]
    [InlineData("a", "https://example.jp/a?b=c&d=/../%2e#é")]
    [InlineData("家屋", "住民 𠮷")]
    public void What_was_encoded_comes_back_and_is_safe_in_an_address(string origin, string transferId)
    {
        var text = new CallbackToken(origin, transferId).ToString();

        Assert.Matches("^[A-Za-z0-9._-]+$", text);
        Assert.True(CallbackToken.TryParse(text, out var token));
        Assert.Equal(new CallbackToken(origin, transferId), token);
    }

    [Fact]
    public void The_longest_ids_of_the_configuration_fit()
    {
        var token = new CallbackToken(new string('a', 64), string.Concat(Enumerable.Repeat("𠮷", 255)));

        Assert.InRange(token.ToString().Length, 1, CallbackToken.MaxLength);
        Assert.True(CallbackToken.TryParse(token.ToString(), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("YQ")]
    [InlineData(".")]
    [InlineData("YQ.")]
    [InlineData(".YQ")]
    [InlineData("YQ.YQ.YQ")]
    [InlineData("YQ==.YQ==")]
    [InlineData("YQ.YR")]
    [InlineData("Y Q.YQ")]
    [InlineData("YQ.../../YQ")]
    [InlineData("YQ.AA")]
    [InlineData("YQ._w")]
    public void Anything_else_is_refused(string? text) => Assert.False(CallbackToken.TryParse(text, out _));

    [Fact]
    public void A_text_beyond_the_bound_is_refused() =>
        Assert.False(CallbackToken.TryParse($"YQ.{new string('Y', CallbackToken.MaxLength)}", out _));
}
