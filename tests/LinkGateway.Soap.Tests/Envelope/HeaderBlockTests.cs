using System.Text;
using System.Xml.Linq;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Tests.Envelope;

/// <summary>Header blocks as the scan builds them: the same as XLinq reads from the text itself.</summary>
public sealed class HeaderBlockTests
{
    const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";

    [Theory]
    [InlineData("<h:a xmlns:h='urn:h'>text</h:a>")]
    [InlineData("<h:a xmlns:h='urn:h'></h:a>")]
    [InlineData("<h:a xmlns:h='urn:h'/>")]
    [InlineData("<a xmlns='urn:a' b='1' xml:lang='ja'><c xmlns=''>&lt;藤沢&gt;</c> <d/>\n</a>")]
    [InlineData("<h:a xmlns:h='urn:h' h:b='&quot;'><![CDATA[<x>]]>more<h:b><h:c>1</h:c><h:c>2</h:c></h:b>end</h:a>")]
    public void A_block_is_kept_as_it_came(string block)
    {
        var expected = XElement.Parse(block, LoadOptions.PreserveWhitespace);

        var header = Assert.Single(Parse(block).Headers);

        Assert.Equal(expected.ToString(SaveOptions.DisableFormatting), header.Element.ToString(SaveOptions.DisableFormatting));
        Assert.Null(header.Element.Parent);
    }

    [Fact]
    public void Blocks_stand_in_their_order_and_text_between_them_means_nothing()
    {
        var envelope = Parse("\n between <h:a xmlns:h='urn:h'/> <!-- none --> <h:b xmlns:h='urn:h'>1</h:b>\n");

        Assert.Equal([XName.Get("a", "urn:h"), XName.Get("b", "urn:h")], envelope.Headers.Select(header => header.Name));
    }

    [Fact]
    public void Characters_of_two_halves_are_read_whole_wherever_a_block_of_the_reader_ends()
    {
        // One shift more for each, so that every place in a surrogate pair is met by the end of the reader's buffer.
        foreach (var shift in Enumerable.Range(0, 4))
        {
            var text = new string('x', shift) + string.Concat(Enumerable.Repeat("𠮷野家", 3000));

            var header = Assert.Single(Parse($"<h:a xmlns:h='urn:h'>{text}</h:a>").Headers);

            Assert.Equal(text, header.Element.Value);
        }
    }

    static SoapEnvelope Parse(string header) => SoapEnvelope.Parse(Encoding.UTF8.GetBytes(
        $"<e:Envelope xmlns:e='{Soap}'><e:Header>{header}</e:Header><e:Body><b/></e:Body></e:Envelope>"));
}
