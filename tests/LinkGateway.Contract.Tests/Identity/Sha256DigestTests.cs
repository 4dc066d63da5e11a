using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Tests.Identity;

public sealed class Sha256DigestTests
{
    const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, B.1

    [Fact]
    public void A_digest_is_64_lower_case_digits_and_comes_back_from_them()
    {
        var digest = Sha256Digest.Of("abc"u8);

        Assert.Equal(OfAbc, digest.ToString());
        Assert.True(Sha256Digest.TryParse(OfAbc, out var parsed));
        Assert.Equal(digest, parsed);
        Assert.Equal(digest, new Sha256Digest(digest.ToArray()));
    }

    [Fact]
    public void Other_forms_are_refused()
    {
        Assert.False(Sha256Digest.TryParse(OfAbc.ToUpperInvariant(), out _));
        Assert.False(Sha256Digest.TryParse(OfAbc[1..], out _));
        Assert.False(Sha256Digest.TryParse(OfAbc[1..] + "g", out _));
        Assert.False(Sha256Digest.TryParse(null, out _));
    }
}
