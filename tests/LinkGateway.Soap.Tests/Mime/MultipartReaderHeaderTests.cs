using System.Globalization;
using LinkGateway.Soap.Mime;
using static LinkGateway.Soap.Tests.Mime.ReaderFixture;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>The headers of parts, and the root part.</summary>
public sealed class MultipartReaderHeaderTests
{
    static MimePart WithHeaders(string headers) => First($"--b\r\n{headers}\r\n\r\none\r\n--b--");

    [Theory]
    [InlineData("Content-Id: <x@y>")]
    [InlineData("content-id:<x@y>")]
    [InlineData("CONTENT-ID:\t<x@y>  ")]
    [InlineData("Content-ID : <x@y>")]
    [InlineData("Content-ID:\r\n <x@y>")]
    [InlineData("Content-ID:\n\t<x@y>")]
    public void Content_ID_is_found_however_it_is_spelt__28(string header) => Assert.Equal("x@y", WithHeaders(header).ContentId);

    [Fact]
    public void Header_names_do_not_depend_on_the_culture__27()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
        try
        {
            var part = WithHeaders("CONTENT-ID: <x>\r\nCONTENT-TRANSFER-ENCODING: BINARY\r\nCONTENT-TYPE: IMAGE/GIF");
            Assert.Equal("x", part.ContentId);
            Assert.Equal("binary", part.TransferEncoding);
            Assert.Equal("image/gif", part.ContentType!.Essence);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("Content-Type: not a type")]
    [InlineData("X: 1")]
    public void A_content_type_may_be_missing_or_unreadable__29(string header) => Assert.Null(WithHeaders(header).ContentType);

    [Fact]
    public void Headers_keep_order_spelling_and_repetitions()
    {
        var part = WithHeaders("B: 1\r\nA: 2\r\nb: 3");
        Assert.Equal(["B=1", "A=2", "b=3"], part.Headers.Select(header => $"{header.Name}={header.Value}"));
        Assert.Equal("1", part.Headers["b"]);
        Assert.Null(part.Headers["C"]);
    }

    [Fact]
    public void A_folded_value_is_unfolded_and_its_bytes_kept()
    {
        var header = WithHeaders("A: one\n two\r\n\tthree").Headers[0];
        Assert.Equal("one two\tthree", header.Value);
        Assert.Equal("one\r\n two\r\n\tthree"u8, header.RawValue.Span);
    }

    [Fact]
    public void Values_that_are_no_UTF_8_are_read_as_Latin_1_and_their_bytes_kept__34()
    {
        // A file name in CP932.
        var header = WithHeaders("A: \u0089\u00C6\u0089\u00AE.csv").Headers[0];
        Assert.Equal("\u0089\u00C6\u0089\u00AE.csv", header.Value);
        Assert.Equal(Bytes("\u0089\u00C6\u0089\u00AE.csv"), header.RawValue.ToArray());
    }

    [Fact]
    public void Values_in_UTF_8_are_read_as_UTF_8__34() =>
        Assert.Equal("家屋", WithHeaders("A: \u00E5\u00AE\u00B6\u00E5\u00B1\u008B").Headers["A"]);

    [Theory]
    [InlineData("no colon")]
    [InlineData(": no name")]
    [InlineData(" first line folded")]
    [InlineData("na me: x")]
    [InlineData("A: x\ry")]
    [InlineData("A: x\0y")]
    [InlineData("\u00C6: x")]
    public void Lines_that_are_no_headers_are_an_error(string line) =>
        Assert.Equal(MimeError.HeaderMalformed, Error($"--b\r\n{line}\r\n\r\none\r\n--b--"));

    [Theory]
    [InlineData("Content-Transfer-Encoding: uuencode")]
    [InlineData("Content-Transfer-Encoding: x-gzip")]
    public void An_unknown_transfer_encoding_is_an_error(string header) =>
        Assert.Equal(MimeError.UnknownTransferEncoding, Error($"--b\r\n{header}\r\n\r\none\r\n--b--"));

    [Fact]
    public void An_error_names_part_place_and_what_to_do()
    {
        var reader = Reader("--b\r\n\r\none\r\n--b\r\nno colon\r\n\r\ntwo\r\n--b--");
        Outcome.Finished(reader.ReadNextPartAsync());
        var failure = Assert.Throws<MimeFormatException>(() => Outcome.Finished(reader.ReadNextPartAsync()));
        Assert.Equal((MimeError.HeaderMalformed, 2), (failure.Error, failure.PartNumber));
        Assert.Equal("--b\r\n\r\none\r\n--b\r\n".Length, failure.ByteOffset);
        Assert.StartsWith("Part 2, byte 17: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Separate the headers", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Content-ID: <a>", "Content-ID: <b>", 1)]
    [InlineData("; start=\"\"", "Content-ID: <a>", "Content-ID: <b>", 1)]
    [InlineData("; start=\"<b>\"", "Content-ID: <a>", "Content-ID: <b>", 2)]
    [InlineData("; start=b", "Content-ID: <a>", "Content-ID: <b>", 2)]
    [InlineData("; start=\"<b>\"", "Content-ID: <a>", "Content-ID: b", 2)]
    [InlineData("; start=\"cid:b\"", "X: 1", "content-id: <b>", 2)]
    public void The_root_is_the_part_that_start_names_or_the_first__23_and_24(string start, string first, string second, int root)
    {
        var reader = Reader($"--b\r\n{first}\r\n\r\none\r\n--b\r\n{second}\r\n\r\ntwo\r\n--b--", ContentType + start);
        var roots = new List<int>();
        while (Outcome.Finished(reader.ReadNextPartAsync()) is { } part)
        {
            if (reader.IsRoot(part))
                roots.Add(part.Number);
        }
        Assert.Equal([root], roots);
    }
}
