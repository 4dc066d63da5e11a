using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>Content-Type values as toolkits write them.</summary>
public sealed class MediaTypeTests
{
    static MediaType Parse(string text)
    {
        Assert.True(MediaType.TryParse(text, out var mediaType), text);
        return mediaType;
    }

    [Theory]
    [InlineData("multipart/related; boundary=abc", "abc")]
    [InlineData("multipart/related; boundary=\"abc\"", "abc")]
    [InlineData("multipart/related;boundary = \"abc\" ;type=x", "abc")]
    [InlineData("multipart/related; boundary=\"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("multipart/related; boundary=\"a;b=c\"; x=y", "a;b=c")]
    [InlineData("multipart/related; boundary=abc;", "abc")]
    [InlineData("multipart/related; boundary=abc ; ; ", "abc")]
    [InlineData("multipart/related; BOUNDARY=abC", "abC")]
    public void Quoted_boundaries_are_unquoted__17(string text, string boundary) =>
        Assert.Equal(boundary, Parse(text).Parameter("boundary"));

    [Theory]
    [InlineData("multipart/related; boundary=:gkMa5xyz:", ":gkMa5xyz:")]
    [InlineData("multipart/related; boundary=uuid:1a-2b+id=255897; type=x", "uuid:1a-2b+id=255897")]
    [InlineData("multipart/related; boundary=----=_Part_1_2.3/4", "----=_Part_1_2.3/4")]
    [InlineData("multipart/related; type=\"text/xml\";\tboundary=abc", "abc")]
    [InlineData("multipart/related; boundary='abc'", "'abc'")]
    public void Unquoted_boundaries_may_hold_what_should_be_quoted__18(string text, string boundary) =>
        Assert.Equal(boundary, Parse(text).Parameter("boundary"));

    [Theory]
    [InlineData("MulTipart/RelaTed;\r\n\tboundary=\"abc\";\r\n type=\"TEXT/XML\"")]
    [InlineData(" multipart / related\n ;boundary=abc; type=\"TEXT/\r\n XML\"")]
    public void Folded_lines_and_any_case_are_read__19(string text)
    {
        var mediaType = Parse(text);
        Assert.Equal("multipart/related", mediaType.Essence);
        Assert.Equal(("multipart", "related"), (mediaType.Type, mediaType.Subtype));
        Assert.Equal("abc", mediaType.Parameter("Boundary"));
        Assert.StartsWith("TEXT/", mediaType.Parameter("type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/related; type=text/xml; boundary=b", "text/xml")]
    [InlineData("multipart/related; type='application/xop+xml'; boundary=b", "application/xop+xml")]
    [InlineData("multipart/related; type=\"text/xml\"; boundary=b", "text/xml")]
    public void A_type_may_be_bare_or_in_single_quotes__20(string text, string type) => Assert.Equal(type, Parse(text).Parameter("type"));

    [Theory]
    [InlineData("multipart/related; boundary*0=\"ab\"; boundary*1=cd; boundary*2=\"ef\"", "abcdef")]
    [InlineData("multipart/related; boundary*1=cd; type=x; boundary*0=ab", "abcd")]
    [InlineData("multipart/related; boundary*0*=us-ascii'en'a%3Db; boundary*1=c%3D; boundary*2*=d%3D", "a=bc%3Dd=")]
    [InlineData("multipart/related; boundary*=us-ascii''a%3Db", "a=b")]
    [InlineData("multipart/related; boundary*0=ab; boundary*2=ef", "ab")]
    [InlineData("multipart/related; boundary*0=no; boundary=yes", "yes")]
    [InlineData("multipart/related; boundary*x=no; *0=no", null)]
    public void Split_and_encoded_parameters_are_joined__21(string text, string? boundary) =>
        Assert.Equal(boundary, Parse(text).Parameter("boundary"));

    [Fact]
    public void Parameters_may_stand_in_odd_places__26()
    {
        var mediaType = Parse("multipart/related; charset=utf-8; start-info=\"text/xml\"; nothing; action=\"urn:a\"; boundary=b;");
        Assert.Equal(["charset", "start-info", "action", "boundary"], mediaType.Parameters.Select(parameter => parameter.Key));
    }

    [Fact]
    public void Of_repeated_parameters_the_first_counts() => Assert.Equal("a", Parse("x/y; p=a; p=b").Parameter("p"));

    [Fact]
    public void A_parameter_that_is_not_there_is_null() => Assert.Null(Parse("text/xml").Parameter("boundary"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("multipart")]
    [InlineData("multipart/")]
    [InlineData("/related")]
    [InlineData("multipart related/x")]
    [InlineData("; boundary=b")]
    [InlineData("multipart/related; boundary=\"abc")]
    [InlineData("multipart/related; boundary*=us-ascii''a%0D%0AX:%20y")]
    [InlineData("multipart/related; boundary=a\0b")]
    public void What_is_no_media_type_is_refused(string? text) => Assert.False(MediaType.TryParse(text, out _));

    [Fact]
    public void It_is_written_with_quotes_where_they_are_needed()
    {
        var mediaType = new MediaType(
            "Multipart", "Related", [new("type", "text/xml"), new("start", "<a@b>"), new("boundary", "b"), new("x", "a\"\\")]);
        Assert.Equal("multipart/related; type=\"text/xml\"; start=\"<a@b>\"; boundary=\"b\"; x=\"a\\\"\\\\\"", mediaType.ToString());
        Assert.Equal(mediaType.Parameters, Parse(mediaType.ToString()).Parameters);
        Assert.Equal("text/xml; charset=utf-8", new MediaType("text", "xml", [new("charset", "utf-8")]).ToString());
    }

    [Fact]
    public void Whatever_could_be_read_can_be_written_and_read_again_in_one_line() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20261122, 1),
        Prop.ForAll(
            Gen.Elements("a/b", ";", "=", "\"", "\\", "'", "p", "q*", "p*0", "p*1*", "*", "%41", "%0A", " ", "\t", "\r\n", "/", "\u00e9")
                .ListOf().Select(words => "a/b;p=" + string.Concat(words)).ToArbitrary(),
            text =>
            {
                if (!MediaType.TryParse(text, out var mediaType))
                    return true;
                var written = mediaType.ToString();
                return !written.AsSpan().ContainsAny('\r', '\n') && Parse(written).Parameters.SequenceEqual(mediaType.Parameters);
            }));

    [Theory]
    [InlineData("'y'")]
    [InlineData("'")]
    [InlineData("'y'z'")]
    public void A_value_in_single_quotes_keeps_them_when_it_is_written(string value)
    {
        var written = new MediaType("a", "b", [new("p", value)]).ToString();
        Assert.Equal(value, Parse(written).Parameter("p"));
    }

    [Theory]
    [InlineData("a/b", "c", "d")]
    [InlineData("a", "b c", "d")]
    [InlineData("a", "b", "c\r\nX: y")]
    [InlineData("a", "b", "家屋")]
    public void What_cannot_be_written_cannot_be_made(string type, string subtype, string value) =>
        Assert.Throws<ArgumentException>(() => new MediaType(type, subtype, [new("p", value)]));

    [Theory]
    [InlineData("multipart/related", MimeError.MissingBoundaryParameter)]
    [InlineData("multipart/related; boundary=\"\"", MimeError.MissingBoundaryParameter)]
    [InlineData("multipart/related; boundary=\"a\u00e9\"", MimeError.InvalidBoundaryParameter)]
    [InlineData("multipart/related; boundary=\"a \"", MimeError.InvalidBoundaryParameter)]
    public void Without_a_usable_boundary_nothing_is_read_and_nothing_guessed__22(string text, MimeError error)
    {
        var feed = new SegmentFeed("--b--"u8.ToArray(), Cuts.Whole);
        Assert.Equal(error, Assert.Throws<MimeFormatException>(() => new MultipartReader(feed, Parse(text))).Error);
        Assert.Equal(0, feed.Reads);
    }
}
