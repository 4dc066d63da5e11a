using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

public class PasswordHashTests
{
    /// <summary>Made by Python: hashlib.pbkdf2_hmac("sha256", b"password", bytes(range(16)), 10000).</summary>
    const string MadeElsewhere = "pbkdf2-sha256$10000$AAECAwQFBgcICQoLDA0ODw==$62yBU1WSIDwJKxWPjTkJZyNipvXb0A2YKARMuqiyUuk=";

    [Fact]
    public void A_hash_made_elsewhere_is_verified()
    {
        Assert.True(PasswordHash.TryParse(MadeElsewhere, out var hash));
        Assert.True(hash.Verify("password"));
        Assert.False(hash.Verify("Password"));
    }

    [Fact]
    public void A_created_hash_verifies_after_writing_and_reading()
    {
        var written = PasswordHash.Create("家屋", 10_000).ToString();

        Assert.True(PasswordHash.TryParse(written, out var hash));
        Assert.Equal(written, hash.ToString());
        Assert.True(hash.Verify("家屋"));
    }

    [Fact]
    public void Two_hashes_of_one_password_differ() =>
        Assert.NotEqual(PasswordHash.Create("a", 10_000).ToString(), PasswordHash.Create("a", 10_000).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("pbkdf2-sha1$10000$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$9999$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$10000001$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$10000$AAECAwQ=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$10000$AAECAwQFBgcICQoLDA0ODw==$AAAA")]
    [InlineData("pbkdf2-sha256$10000$AAECAwQFBgcICQoLDA0ODw==$not base64")]
    [InlineData("pbkdf2-sha256$10000$AAECAwQFBgcICQoLDA0ODw==")]
    public void Weak_or_broken_hashes_are_refused(string text) => Assert.False(PasswordHash.TryParse(text, out _));
}
