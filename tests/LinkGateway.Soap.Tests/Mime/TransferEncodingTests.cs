using System.Text;
using LinkGateway.Soap.Mime;
using static LinkGateway.Soap.Tests.Mime.ReaderFixture;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>base64 and quoted-printable, decoded in stream. The oracle for base64 is <see cref="Convert"/>.</summary>
public sealed class TransferEncodingTests
{
    static string Message(string encoding, string content) => $"--b\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{content}\r\n--b--";

    static string Decode(string encoding, string content) => Assert.Single(Bodies(Message(encoding, content)));

    [Theory]
    [InlineData("7bit")]
    [InlineData("8bit")]
    [InlineData("8BIT")]
    [InlineData("binary")]
    [InlineData("Binary")]
    public void Identity_encodings_change_nothing(string encoding) =>
        Assert.Equal("a=3D\0\u00FF\r\n", Decode(encoding, "a=3D\0\u00FF\r\n"));

    [Theory]
    [InlineData("base64", "QUJDREVG*")]
    [InlineData("base64", "QUJDREU==QQ==")]
    [InlineData("base64", "QUJD\r\nREU\r\n=====")]
    [InlineData("quoted-printable", "ABC=44E=G")]
    public void What_was_decoded_before_an_error_is_delivered_before_it_however_the_message_is_cut(string encoding, string content)
    {
        var whole = UpToError(int.MaxValue);
        Assert.StartsWith("ABC", whole, StringComparison.Ordinal);
        Assert.Equal(whole, UpToError(1));
        Assert.Equal(whole, UpToError(5));

        string UpToError(int piece)
        {
            var part = Outcome.Finished(Reader(Message(encoding, content), piece: piece).ReadNextPartAsync())!;
            var text = new StringBuilder();
            Assert.True(Assert.Throws<MimeFormatException>(ReadOn).Error is MimeError.BadBase64 or MimeError.BadQuotedPrintable);
            return text.ToString();

            void ReadOn()
            {
                while (true)
                {
                    var read = Outcome.Finished(part.Body.ReadAsync());
                    text.Append(Encoding.Latin1.GetString(read.Buffer));
                    part.Body.AdvanceTo(read.Buffer.End);
                }
            }
        }
    }

    [Fact]
    public void Broken_content_is_told_before_what_is_wrong_with_the_boundary_after_it() => Assert.Equal(
        MimeError.BadBase64, Error($"--b\r\nContent-Transfer-Encoding: base64\r\n\r\nQ*QQ\r\n--b{new string(' ', 300)}\r\n--b--"));

    [Fact]
    public void Base64_of_every_length_decodes_to_what_Convert_encoded()
    {
        var random = new Random(1);
        for (var length = 0; length < 400; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var lines = length % 2 == 0 ? Base64FormattingOptions.InsertLineBreaks : Base64FormattingOptions.None;
            AssertDecodes(bytes, Convert.ToBase64String(bytes, lines), Cuts.Random(length));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void Base64_larger_than_any_buffer_decodes_in_any_pieces(int piece)
    {
        var bytes = new byte[20_000];
        new Random(2).NextBytes(bytes);
        AssertDecodes(bytes, Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks), Cuts.Of(piece));
        AssertDecodes(bytes, Convert.ToBase64String(bytes), Cuts.Of(piece));
    }

    [Theory]
    [InlineData("QUJD", "ABC")]
    [InlineData("QUJDRA==", "ABCD")]
    [InlineData("QUJDRA", "ABCD")]
    [InlineData("QUJDRA=", "ABCD")]
    [InlineData("QUJDREU=", "ABCDE")]
    [InlineData("QUJDREU", "ABCDE")]
    [InlineData("\r\nQU\nJD\t RA = \r\n=\r\n\r\n", "ABCD")]
    [InlineData("", "")]
    [InlineData("\r\n", "")]
    public void Base64_may_lack_padding_and_hold_blanks_anywhere__32(string encoded, string decoded) =>
        Assert.Equal(decoded, Decode("base64", encoded));

    [Theory]
    [InlineData("Q")]
    [InlineData("QUJDR")]
    [InlineData("QQ===")]
    [InlineData("QUJD=")]
    [InlineData("Q===")]
    [InlineData("=")]
    [InlineData("QQ==QQ==")]
    [InlineData("QUJDREU=X")]
    [InlineData("QU-D")]
    [InlineData("QUJD\0")]
    [InlineData("QU\u00C9JD")]
    public void What_is_no_base64_is_an_error__32(string encoded) => Assert.Equal(MimeError.BadBase64, Error(Message("base64", encoded)));

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("=E5=AE=b6", "\u00E5\u00AE\u00B6")]
    [InlineData("a=3D=3db", "a==b")]
    [InlineData("one\r\ntwo\nthree", "one\r\ntwo\nthree")]
    [InlineData("soft=\r\nbreak=\nagain=  \t\r\nend", "softbreakagainend")]
    [InlineData("blanks \t\r\ngo \nhere  ", "blanks\r\ngo\nhere")]
    [InlineData("blanks =\r\nstay = \r\n = 20", null)]
    [InlineData("blanks =\r\nstay=20\r\n", "blanks stay \r\n")]
    [InlineData("soft break before the boundary=", "soft break before the boundary")]
    [InlineData("8 bit \u00E5", "8 bit \u00E5")]
    [InlineData("", "")]
    [InlineData("a=4", null)]
    [InlineData("a=4Gb", null)]
    [InlineData("a=G4b", null)]
    [InlineData("a= b", null)]
    [InlineData("a=\rb", null)]
    public void Quoted_printable_is_decoded_and_invalid_escapes_refused__32(string encoded, string? decoded)
    {
        if (decoded is null)
            Assert.Equal(MimeError.BadQuotedPrintable, Error(Message("quoted-printable", encoded)));
        else
            Assert.Equal(decoded, Decode("Quoted-Printable", encoded));
    }

    [Fact]
    public void Quoted_printable_gives_back_every_byte()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var encoded = new StringBuilder();
        foreach (var value in bytes)
            encoded.Append('=').Append(Convert.ToHexString([value])).Append(value % 20 == 0 ? "=\r\n" : "");
        Assert.Equal(Encoding.Latin1.GetString(bytes), Decode("quoted-printable", encoded.ToString()));
    }

    [Fact]
    public void Blanks_without_end_are_not_held_without_end() =>
        Assert.Equal(MimeError.BadQuotedPrintable, Error(Message("quoted-printable", new string(' ', 2000) + "x")));

    [Fact]
    public void A_part_after_a_badly_encoded_one_can_still_be_read()
    {
        var reader = Reader("--b\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--b\r\n\r\ntwo\r\n--b--");
        var first = Outcome.Finished(reader.ReadNextPartAsync())!;
        var failure = Assert.Throws<MimeFormatException>(() => Outcome.Body(first));
        Assert.Equal((MimeError.BadBase64, 1), (failure.Error, failure.PartNumber));
        Assert.Equal("two"u8, Outcome.Body(Outcome.Finished(reader.ReadNextPartAsync())!));
    }

    [Fact]
    public void A_decoded_body_serves_a_consumer_that_takes_little_at_a_time()
    {
        var bytes = new byte[10_000];
        new Random(3).NextBytes(bytes);
        var body = First(Message("base64", Convert.ToBase64String(bytes))).Body;
        var taken = new List<byte>();
        while (true)
        {
            var read = Outcome.Finished(body.ReadAsync());
            var some = read.Buffer.Slice(0, Math.Min(7, read.Buffer.Length));
            foreach (var segment in some)
                taken.AddRange(segment.Span);
            var last = read.IsCompleted && some.Length == read.Buffer.Length;
            body.AdvanceTo(some.End);
            if (last)
                break;
        }
        Assert.Equal(bytes, taken);
    }

    static void AssertDecodes(byte[] expected, string encoded, IEnumerable<int> cuts)
    {
        var outcome = Outcome.Of(Bytes(Message("base64", encoded)), ContentType, cuts);
        Assert.Null(outcome.Error);
        Assert.EndsWith($"[{Encoding.Latin1.GetString(expected)}]\n", outcome.Parts, StringComparison.Ordinal);
    }
}
