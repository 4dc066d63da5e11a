using System.Text;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Soap.Tests.Relaying;

/// <summary>Reply addresses are replaced, and nothing around them changes.</summary>
public sealed class ReplyAddressTests
{
    const string Addressing = "http://www.w3.org/2005/08/addressing";
    const string Submission = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

    // {0} and {1} are the addresses; all else must keep its bytes.
    const string Template =
        "<?xml version='1.0'  encoding=\"UTF\" ?>\r\n<!-- <w:ReplyTo><w:Address>no</w:Address> -->\n"
        + "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' x='>/' \t>\r\n <e:Header a='\"&gt;'>"
        + "<w:To xmlns:w='A'>漢 𠮷</w:To>\r"
        + "<w:ReplyTo b='1' xmlns:w = 'A' ><!--<w:Address>--><w:Metadata><w:Address>inner</w:Address></w:Metadata><q/>"
        + "<w:Address k='>' > {0}\r\n</w:Address><w:ReferenceParameters><w:Address>ref</w:Address></w:ReferenceParameters></w:ReplyTo>x"
        + "<empty/><![CDATA[<w:Address>]]><FaultTo xmlns=\"A\"><Address>{1}</Address></FaultTo></e:Header>"
        + "<e:Body><w:ReplyTo xmlns:w='A'><w:Address>http://body</w:Address></w:ReplyTo></e:Body></e:Envelope>\r\n<!-- end -->";

    public static TheoryData<string, string> EncodingsAndNamespaces => new()
    {
        { "utf-8", Addressing }, { "utf-8 with mark", Addressing }, { "utf-16", Addressing }, { "utf-16BE", Submission },
        { "utf-16 without mark", Submission },
    };

    [Theory]
    [MemberData(nameof(EncodingsAndNamespaces))]
    public void Only_the_addresses_change_in_whatever_encoding(string encoding, string addressing)
    {
        var envelope = SoapEnvelope.Parse(Encoded(Text("http://a/?x=1&amp;y", "<![CDATA[http://b]]>", addressing), encoding));
        var replaced = EnvelopeRewriter.ReplaceReplyAddresses(envelope, address => $"https://gw/<{address.Length}>&");
        Assert.Equal(
            Encoded(Text("https://gw/&lt;15&gt;&amp;", "https://gw/&lt;8&gt;&amp;", addressing), encoding), replaced.Envelope.ToArray());
        Assert.Equal([("ReplyTo", "http://a/?x=1&y"), ("FaultTo", "http://b")],
            replaced.Originals.Select(original => (original.Block.LocalName, original.Address)));
        Assert.All(replaced.Originals, original => Assert.Equal(addressing, original.Block.NamespaceName));
    }

    [Theory]
    [InlineData(Addressing, Addressing + "/anonymous", Addressing + "/none")]
    [InlineData(Submission, Submission + "/role/anonymous", Submission + "/role/anonymous")]
    public void Where_no_address_is_named_nothing_changes(string addressing, string replyTo, string faultTo)
    {
        var bytes = Encoded(Text($"\n{replyTo} ", faultTo, addressing), "utf-8");
        var replaced = EnvelopeRewriter.ReplaceReplyAddresses(SoapEnvelope.Parse(bytes), _ => throw new InvalidOperationException());
        Assert.Empty(replaced.Originals);
        Assert.Equal(bytes, replaced.Envelope.ToArray());
    }

    [Theory]
    [InlineData("urn:someone", false)]
    [InlineData("http://schemas.xmlsoap.org/soap/actor/next", true)]
    [InlineData("", true)]
    public void Blocks_for_somebody_else_are_left_alone(string actor, bool isReplaced)
    {
        var envelope = Envelope($"<w:ReplyTo e:actor='{actor}'><w:Address>http://a</w:Address></w:ReplyTo>");
        Assert.Equal(isReplaced, EnvelopeRewriter.ReplaceReplyAddresses(envelope, _ => "http://gw").Originals.Count == 1);
    }

    [Theory]
    [InlineData("<w:ReplyTo/>")]
    [InlineData("<w:ReplyTo><Address>http://a</Address></w:ReplyTo>")]
    [InlineData("<w:ReplyTo><w:Address/></w:ReplyTo>")]
    [InlineData("<w:ReplyTo><w:Address> <!--x--> </w:Address></w:ReplyTo>")]
    [InlineData("<w:ReplyTo><w:Address>http://a<b/></w:Address></w:ReplyTo>")]
    public void A_block_without_a_plain_address_is_refused(string block) => Assert.Equal(SoapFormatError.Addressing,
        Assert.Throws<SoapFormatException>(() => EnvelopeRewriter.ReplaceReplyAddresses(Envelope(block), _ => "http://gw")).Error);

    [Theory]
    [InlineData("http://<!-- a -->a")]
    [InlineData("http:<![CDATA[//]]>a")]
    [InlineData("http:&#x2F;&#47;a")]
    public void An_address_in_pieces_is_replaced_whole(string address)
    {
        var envelope = Envelope($"<w:ReplyTo><w:Address>{address}</w:Address></w:ReplyTo>");
        var replaced = EnvelopeRewriter.ReplaceReplyAddresses(envelope, _ => "http://gw");
        Assert.Equal("http://a", Assert.Single(replaced.Originals).Address);
        Assert.Contains("<w:Address>http://gw</w:Address>", Encoding.UTF8.GetString(replaced.Envelope.Span), StringComparison.Ordinal);
    }

    static string Text(string replyTo, string faultTo, string addressing) => Template.Replace("'A'", $"'{addressing}'")
        .Replace("\"A\"", $"\"{addressing}\"").Replace("UTF", "utf-8").Replace("{0}", replyTo).Replace("{1}", faultTo);

    static byte[] Encoded(string text, string encoding) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8 with mark" => Encoding.UTF8.GetBytes("\uFEFF" + text),
        "utf-16" => Encoding.Unicode.GetBytes("\uFEFF" + text),
        "utf-16BE" => Encoding.BigEndianUnicode.GetBytes("\uFEFF" + text),
        _ => Encoding.Unicode.GetBytes(text),
    };

    static SoapEnvelope Envelope(string block) => SoapEnvelope.Parse(Encoding.UTF8.GetBytes(
        $"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' xmlns:w='{Addressing}'><e:Header>{block}</e:Header><e:Body/>"
        + "</e:Envelope>"));
}
