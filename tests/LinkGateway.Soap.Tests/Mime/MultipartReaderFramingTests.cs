using LinkGateway.Soap.Mime;
using static LinkGateway.Soap.Tests.Mime.ReaderFixture;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>Where parts begin and end. The numbers are those of the collection of interoperability pitfalls.</summary>
public sealed class MultipartReaderFramingTests
{
    [Fact]
    public void Parts_are_read_in_order() =>
        Assert.Equal(["one", "two"], Bodies("--b\r\nA: 1\r\n\r\none\r\n--b\r\nA: 2\r\n\r\ntwo\r\n--b--\r\n"));

    [Theory]
    [InlineData("--b\n\none\n--b\n\ntwo\n--b--\n")]
    [InlineData("--b\r\n\none\n--b\n\r\ntwo\r\n--b--\n")]
    [InlineData("--b\n\none\r\n--b\r\n\ntwo\n--b--\r\n")]
    public void Line_ends_are_CRLF_or_LF_or_mixed__1(string message) => Assert.Equal(["one", "two"], Bodies(message));

    [Fact]
    public void A_closing_boundary_cut_before_its_dashes_is_still_closing__3()
    {
        var message = Bytes("--b\r\n\r\none\r\n--b--\r\n");
        var cut = message.Length - 4;
        Assert.Equal(new("[one]\n", null), Outcome.Of(message, ContentType, [cut, 1, 1, 1, 1]));
    }

    [Theory]
    [InlineData("--b \t \r\n\r\none\r\n--b\t\n\ntwo\r\n--b-- \t\r\n")]
    [InlineData("--b  \n\none\n--b \n\ntwo\n--b--\t")]
    public void Blanks_and_tabs_may_follow_a_boundary__6(string message) => Assert.Equal(["one", "two"], Bodies(message));

    [Theory]
    [InlineData("text --b text")]
    [InlineData("--bb")]
    [InlineData("--b-")]
    [InlineData("--b--x")]
    [InlineData("--b- -")]
    [InlineData("x\r\n--b x\r\ny")]
    [InlineData("x\r\n--bc\r\n--b-\r\n--b---\r\ny")]
    [InlineData("x\r--b\r\ny")]
    [InlineData("--b\rx")]
    [InlineData("-")]
    [InlineData("--")]
    [InlineData("x\r\n-\r\n--\r\n--c\r\n")]
    public void Content_may_hold_what_only_resembles_a_boundary__7_and_8(string content) =>
        Assert.Equal([content, "two"], Bodies($"--b\r\n\r\n{content}\r\n--b\r\n\r\ntwo\r\n--b--"));

    [Fact]
    public void A_boundary_may_begin_like_another_one__7()
    {
        const string inner = "--bc\r\n\r\ninner\r\n--bc--\r\n";
        Assert.Equal([inner], Bodies($"--b\r\n\r\n{inner}\r\n--b--"));
    }

    [Fact]
    public void A_boundary_may_be_dashes_only__8() =>
        Assert.Equal(
            ["-\r\n----\r\n------\r\n"],
            Bodies("-----\r\n\r\n-\r\n----\r\n------\r\n\r\n-------\r\n", "multipart/related; boundary=---"));

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n\r")]
    [InlineData("\r\nx\r\n")]
    [InlineData("\n\n\nx\n\n\n")]
    [InlineData("x\r\r")]
    public void Leading_and_trailing_line_ends_of_content_are_content__9(string content) =>
        Assert.Equal([content], Bodies($"--b\r\n\r\n{content}\r\n--b--"));

    [Theory]
    [InlineData("--b\r\n\r\none")]
    [InlineData("--b\r\n\r\none\r\n--b")]
    [InlineData("--b\r\n\r\none\r\n--b-")]
    [InlineData("--b\r\n\r\none\r\n--b \t")]
    [InlineData("--b\r\n\r\none\r\n--b\r\n")]
    [InlineData("--b\r\n\r\none\r\n--b\r\nA: 1\r\n")]
    [InlineData("--b\r\n\r\none\r\n--b\r\nA: 1")]
    [InlineData("--b\r\n")]
    public void A_message_without_closing_boundary_is_never_complete__10(string message) =>
        Assert.Equal(MimeError.ClosingBoundaryMissing, Error(message));

    [Theory]
    [InlineData("--b--")]
    [InlineData("--b--\r")]
    [InlineData("--b--\n")]
    [InlineData("--b--\r\n")]
    [InlineData("--b--\r\nepilogue\r\n--b\r\n\r\nnot a part\r\n--b--\r\n")]
    public void What_follows_the_closing_boundary_is_ignored_and_may_be_absent__11(string end) =>
        Assert.Equal(["one"], Bodies($"--b\r\n\r\none\r\n{end}"));

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("Content-Type: text/plain\r\n\r\n")]
    [InlineData("This is a message in MIME format.\r\n -- --b --bb\r\n--bb\r\n")]
    public void A_preamble_is_skipped__12(string preamble) => Assert.Equal(["one"], Bodies($"{preamble}--b\r\n\r\none\r\n--b--"));

    [Theory]
    [InlineData("")]
    [InlineData("--c\r\n\r\none\r\n--c--\r\n")]
    [InlineData("--b")]
    [InlineData("x--b\r\n")]
    [InlineData("<Envelope/>")]
    public void A_message_without_the_boundary_of_its_content_type_is_an_error__13(string message) =>
        Assert.Equal(MimeError.FirstBoundaryMissing, Error(message));

    [Fact]
    public void A_wrong_first_boundary_does_not_skip_the_first_part_without_limit__13()
    {
        var message = $"--c\r\n\r\n{new string('x', 200)}\r\n--b\r\n\r\ntwo\r\n--b--";
        Assert.Equal(MimeError.PreambleTooLong, Error(message, new MultipartOptions { PreambleBytes = 100 }));
    }

    [Fact]
    public void A_message_may_have_no_parts__14() => Assert.Empty(Bodies("--b--\r\n"));

    [Theory]
    [InlineData("--b\r\n\r\n\r\n--b--")]
    [InlineData("--b\r\n\r\n--b--")]
    [InlineData("--b\r\n--b--")]
    [InlineData("--b\r\nA: 1\r\n\r\n\r\n--b--")]
    [InlineData("--b\r\nA: 1\r\n\r\n--b--")]
    [InlineData("--b\r\nA: 1\r\n--b--")]
    [InlineData("--b\nA: 1\n\n\n--b--")]
    public void A_part_may_be_empty__14(string message) => Assert.Equal([""], Bodies(message));

    [Fact]
    public void A_part_may_have_no_headers__14()
    {
        var part = First("--b\r\n\r\none\r\n--b--");
        Assert.Empty(part.Headers);
        Assert.Null(part.ContentId);
        Assert.Null(part.ContentType);
        Assert.Equal("7bit", part.TransferEncoding);
    }

    [Fact]
    public void A_nested_multipart_is_content__15()
    {
        const string nested = "--inner\r\nA: 1\r\n\r\nx\r\n--inner--\r\n";
        Assert.Equal([nested], Bodies($"--b\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n{nested}\r\n--b--"));
    }

    [Fact]
    public void After_the_last_part_the_reader_is_completed_and_stays_so()
    {
        var reader = Reader("--b\r\n\r\none\r\n--b--");
        Assert.NotNull(Outcome.Finished(reader.ReadNextPartAsync()));
        Assert.False(reader.Completed);
        Assert.Null(Outcome.Finished(reader.ReadNextPartAsync()));
        Assert.True(reader.Completed);
        Assert.Null(Outcome.Finished(reader.ReadNextPartAsync()));
    }

    [Fact]
    public void A_part_that_nobody_reads_is_skipped()
    {
        var reader = Reader("--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--", piece: 3);
        Assert.NotNull(Outcome.Finished(reader.ReadNextPartAsync()));
        var second = Outcome.Finished(reader.ReadNextPartAsync());
        Assert.Equal(2, second!.Number);
        Assert.Equal("two"u8, Outcome.Body(second));
    }

    [Fact]
    public void A_part_that_is_cut_off_fails_even_if_nobody_reads_it()
    {
        var reader = Reader("--b\r\n\r\none", piece: 3);
        Assert.NotNull(Outcome.Finished(reader.ReadNextPartAsync()));
        var failure = Assert.Throws<MimeFormatException>(() => Outcome.Finished(reader.ReadNextPartAsync()));
        Assert.Equal(MimeError.ClosingBoundaryMissing, failure.Error);
        Assert.Same(failure, Assert.Throws<MimeFormatException>(() => Outcome.Finished(reader.ReadNextPartAsync())));
    }
}
