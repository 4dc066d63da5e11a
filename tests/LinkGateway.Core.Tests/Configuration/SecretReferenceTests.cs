using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

public class SecretReferenceTests
{
    static readonly TestHost Host = new()
    {
        Variables = { ["PASSWORD"] = "ひみつ", ["HASHED"] = PasswordHash.Create("ひみつ", 10_000).ToString(), ["EMPTY"] = "" },
        Files = { ["/secret"] = "ひみつ\r\n", ["/empty"] = "\n" },
    };

    [Theory]
    [InlineData("env:PASSWORD")]
    [InlineData("file:/secret")]
    public void A_reference_is_resolved_at_use(string text)
    {
        Assert.True(Parse(text).TryResolve(Host, out var secret, out _));
        Assert.Equal("ひみつ", secret);
    }

    [Theory]
    [InlineData("env:MISSING", "MISSING")]
    [InlineData("env:EMPTY", "EMPTY")]
    [InlineData("file:/missing", "/missing")]
    [InlineData("file:/empty", "/empty")]
    public void A_secret_that_cannot_be_had_is_named(string text, string named)
    {
        Assert.False(Parse(text).TryResolve(Host, out _, out var problem));
        Assert.Contains(named, problem, StringComparison.Ordinal);
        Assert.False(Parse(text).Matches("", Host));
    }

    [Theory]
    [InlineData("env:PASSWORD")]
    [InlineData("env:HASHED")]
    [InlineData("file:/secret")]
    public void A_password_shown_by_a_caller_is_compared(string text)
    {
        Assert.True(Parse(text).Matches("ひみつ", Host));
        Assert.False(Parse(text).Matches("ひみ", Host));
        Assert.False(Parse(text).Matches("", Host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData("env:")]
    [InlineData("file:")]
    [InlineData("ENV:NAME")]
    [InlineData("pbkdf2-sha256$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    public void Anything_else_is_no_reference(string text) => Assert.False(SecretReference.TryParse(text, out _));

    [Fact]
    public void A_hash_matches_and_is_not_shown()
    {
        var hash = PasswordHash.Create("ひみつ", 10_000).ToString();
        var secret = Parse(hash);

        Assert.True(secret.Matches("ひみつ", Host));
        Assert.False(secret.TryResolve(Host, out _, out _));
        var shown = $"{secret} {new BasicCredentials { User = "u", Password = secret }}";
        Assert.DoesNotContain(hash.Split('$')[3], shown, StringComparison.Ordinal);
    }

    static SecretReference Parse(string text) => SecretReference.TryParse(text, out var secret) ? secret : throw new FormatException(text);
}
