using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>Content-IDs and references to them in the spellings of toolkits.</summary>
public sealed class ContentIdsTests
{
    [Theory]
    [InlineData("<a@b>", "a@b")]
    [InlineData(" <a@b> ", "a@b")]
    [InlineData("a@b", "a@b")]
    [InlineData("cid:a%40b", "a%40b")]
    [InlineData("CID:a", "a")]
    [InlineData("<cid:a>", "a")]
    [InlineData("cid:<a>", "a")]
    [InlineData("-1609420109260943731", "-1609420109260943731")]
    [InlineData("<0.urn:uuid:1-2@apache.org>", "0.urn:uuid:1-2@apache.org")]
    [InlineData("", null)]
    [InlineData("<>", null)]
    [InlineData("cid:", null)]
    [InlineData(null, null)]
    public void Brackets_and_scheme_are_taken_off__24_and_31(string? text, string? id) => Assert.Equal(id, ContentIds.Normalise(text));

    [Theory]
    [InlineData("<a@b>", "cid:a@b")]
    [InlineData("a@b", "cid:a%40b")]
    [InlineData("<a%40b>", "cid:a@b")]
    [InlineData("<a%40b>", "cid:a%40b")]
    [InlineData("<a+b>", "cid:a+b")]
    [InlineData("<a+b>", "cid:a%2Bb")]
    [InlineData("<a b>", "cid:a%20b")]
    [InlineData("<%E5%AE%B6@x>", "cid:家@x")]
    [InlineData("<100%>", "cid:100%")]
    public void A_reference_matches_raw_or_decoded_once__30(string header, string reference) =>
        Assert.True(ContentIds.Matches(header, reference));

    [Theory]
    [InlineData("<a b>", "cid:a+b")]
    [InlineData("<a@b>", "cid:a%2540b")]
    [InlineData("<A@b>", "cid:a@b")]
    [InlineData("<a@b>", "cid:a@bc")]
    [InlineData(null, "cid:a")]
    [InlineData("<a>", null)]
    [InlineData(null, null)]
    [InlineData("<>", "cid:")]
    public void A_reference_to_something_else_does_not_match__30(string? header, string? reference) =>
        Assert.False(ContentIds.Matches(header, reference));
}
