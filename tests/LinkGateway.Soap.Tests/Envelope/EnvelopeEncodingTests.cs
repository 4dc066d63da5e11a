using System.Text;
using static LinkGateway.Soap.Envelope.EnvelopeSamples;

namespace LinkGateway.Soap.Envelope;

public class EnvelopeEncodingTests
{
    [Theory]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-8", true, "utf-8")]
    [InlineData("utf-8", true, "utf-16")]
    [InlineData("utf-16", true, null)]
    [InlineData("utf-16", false, null)]
    [InlineData("utf-16", true, "utf-16")]
    [InlineData("utf-16BE", true, null)]
    [InlineData("utf-16BE", false, "utf-16be")]
    [InlineData("utf-16", false, "UTF-16LE")]
    public void Utf8_and_utf16_are_read_with_and_without_mark(string encodingName, bool mark, string? charset) =>
        Assert.Equal("𠮷野家", Text(Encoded(Message("<a>𠮷野家</a>"), encodingName, mark), charset));

    [Theory]
    [InlineData("utf-8", "utf-16")]
    [InlineData("utf-8", "UTF-16LE")]
    [InlineData("utf-16", "utf-8")]
    [InlineData("utf-16BE", "utf-8")]
    [InlineData("utf-16BE", "utf-16le")]
    public void Bytes_that_can_be_read_in_one_way_only_outrank_a_wrong_charset(string encodingName, string charset) =>
        Assert.Equal("𠮷野家", Text(Encoded(Message("<a>𠮷野家</a>"), encodingName, mark: false), charset));

    [Theory]
    [InlineData("utf-8", "utf-16")]
    [InlineData("utf-16", "utf-8")]
    public void Bytes_that_can_be_read_in_one_way_only_outrank_a_wrong_declaration(string encodingName, string declared) => Assert.Equal(
        "字", Text(Encoded($"<?xml version='1.0' encoding='{declared}'?>{Message("<a>字</a>")}", encodingName, mark: false), null));

    [Fact]
    public void The_charset_of_the_media_type_outranks_the_declaration()
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='Shift_JIS'?>" + Message("<a>字</a>"));
        Assert.Equal("字", Text(bytes, "utf-8"));
    }

    [Theory]
    [InlineData("Shift_JIS")]
    [InlineData("ISO-8859-1")]
    [InlineData("utf-32")]
    [InlineData("no such thing")]
    public void Other_charsets_are_refused(string charset)
    {
        var refusal = Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(Encoding.UTF8.GetBytes(Message("<a/>")), charset));
        Assert.Equal(SoapFormatError.Encoding, refusal.Error);
        Assert.Contains(charset, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a byte alone", new byte[] { 0xE9 })]
    [InlineData("a sequence cut short", new byte[] { 0xE5, 0xAD })]
    [InlineData("a continuation without start", new byte[] { 0x80 })]
    [InlineData("an overlong slash", new byte[] { 0xC0, 0xAF })]
    [InlineData("an overlong '<' in three bytes", new byte[] { 0xE0, 0x80, 0xBC })]
    [InlineData("an overlong NUL", new byte[] { 0xC0, 0x80 })]
    [InlineData("half of a surrogate pair", new byte[] { 0xED, 0xA1, 0x82 })]
    [InlineData("a surrogate pair in six bytes", new byte[] { 0xED, 0xA1, 0x82, 0xED, 0xBE, 0xB7 })]
    [InlineData("beyond Unicode", new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public void Broken_UTF_8_is_refused_and_never_replaced(string what, byte[] broken)
    {
        foreach (var before in new[] { 0, 10_000 })
        {
            var start = Encoding.UTF8.GetBytes("<e:Envelope xmlns:e='" + Soap11 + "'><e:Body><a>" + new string('x', before));
            byte[] bytes = [.. start, .. broken, .. "</a></e:Body></e:Envelope>"u8];
            var refusal = Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(bytes, "utf-8"));
            Assert.True(refusal.Error == SoapFormatError.Encoding, what);
            Assert.Contains($"not valid UTF-8 at byte {start.Length}", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false, new[] { 0xD842 })]
    [InlineData(false, new[] { 0xDFB7, 0xD842 })]
    [InlineData(true, new[] { 0xD842, 0xD842, 0xDFB7 })]
    public void Broken_surrogates_in_UTF_16_are_refused_and_never_replaced(bool bigEndian, int[] broken)
    {
        var text = Message($"<a>{string.Concat(broken.Select(unit => (char)unit))}</a>");
        byte[] bytes = [.. text.SelectMany(c => bigEndian ? new[] { (byte)(c >> 8), (byte)c } : [(byte)c, (byte)(c >> 8)])];
        var refusal = Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(bytes));
        Assert.Equal(SoapFormatError.Encoding, refusal.Error);
        Assert.Contains("at byte ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UTF_16_with_half_a_character_at_its_end_is_refused()
    {
        byte[] bytes = [.. Encoding.Unicode.GetBytes(Message("<a/>")), 0x20];
        Assert.Equal(SoapFormatError.Encoding, Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(bytes)).Error);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\u0001")]
    [InlineData("\uFFFF")]
    [InlineData("&#0;")]
    [InlineData("&#x1;")]
    [InlineData("&#xD842;")]
    public void Characters_that_XML_cannot_hold_are_refused(string character)
    {
        foreach (var text in new[] { Message($"<a>{character}</a>"), Message($"<a b='{character}'/>"), Message("<a/>") + character })
            Assert.Equal(SoapFormatError.NotWellFormed, Refusal(text).Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_32_is_refused(bool bigEndian)
    {
        var encoding = new UTF32Encoding(bigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Message("<a/>"))];
        Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(bytes));
    }

    [Fact]
    public void Two_byte_order_marks_are_one_too_many()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Message("<a/>"))];
        Assert.Equal(SoapFormatError.NotWellFormed, Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(bytes)).Error);
    }

    static byte[] Encoded(string text, string encodingName, bool mark)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        return [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
    }

    static string Text(byte[] bytes, string? charset)
    {
        using var body = SoapEnvelope.Parse(bytes, charset).ReadBody();
        return body.ReadElementContentAsString();
    }
}
