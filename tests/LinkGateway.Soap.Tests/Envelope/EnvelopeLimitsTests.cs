using static LinkGateway.Soap.Envelope.EnvelopeSamples;

namespace LinkGateway.Soap.Envelope;

public class EnvelopeLimitsTests
{
    [Fact]
    public void An_envelope_is_read_up_to_rootBytes()
    {
        var text = Message("<a/>");
        Parse(text, new EnvelopeLimits { RootBytes = text.Length });
        IsRefused(SoapFormatError.TooLarge, "rootBytes", text, new EnvelopeLimits { RootBytes = text.Length - 1 });
    }

    [Fact]
    public void Elements_are_nested_up_to_envelopeDepth_in_body_and_header()
    {
        var nested = string.Concat(Enumerable.Repeat("<a>", 62)) + string.Concat(Enumerable.Repeat("</a>", 62));
        Parse(Message(nested, nested));
        foreach (var text in new[] { Message($"<b>{nested}</b>"), Message("<b/>", $"<b>{nested}</b>") })
        {
            var message = IsRefused(SoapFormatError.TooDeep, "envelopeDepth", text);
            Assert.Contains("element 'a', line 1, position ", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Elements_attributes_and_texts_count_up_to_envelopeNodes()
    {
        const string Text = $"<e:Envelope xmlns:e='{Soap11}'><e:Body>\n<a b='1'>2</a></e:Body></e:Envelope>";
        // Envelope and xmlns:e, Body, the line feed, a, b and the text.
        Parse(Text, new EnvelopeLimits { EnvelopeNodes = 7 });
        var message = IsRefused(SoapFormatError.TooManyNodes, "envelopeNodes", Text, new EnvelopeLimits { EnvelopeNodes = 5 });
        Assert.Contains("element 'a', line 2, position 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_blocks_have_up_to_headerNodes()
    {
        var text = Message("<a/>", "<h x='1'/><h x='1'>2</h>");
        Parse(text, new EnvelopeLimits { HeaderNodes = 5 });
        IsRefused(SoapFormatError.TooManyHeaderNodes, "headerNodes", text, new EnvelopeLimits { HeaderNodes = 4 });
    }

    [Fact]
    public void An_element_has_up_to_elementAttributes_with_its_namespace_declarations()
    {
        Parse(Message("<a" + Repeat(128, i => $" b{i}=\"'>\" xmlns:n{i} = 'urn:\">'") + "/>"));
        foreach (var one in new[] { " b{0}=''", " xmlns:b{0}='u'", "\nb{0}\t=\n\"'\"" })
        {
            var text = Message("<x/>\n<ab:cd" + Repeat(257, i => one.Replace("{0}", $"{i}", StringComparison.Ordinal)) + "/>");
            var message = IsRefused(SoapFormatError.TooManyAttributes, "elementAttributes", text);
            Assert.Contains("Element 'ab:cd'", message, StringComparison.Ordinal);
            Assert.Matches("at line [0-9]+, position [0-9]+\\.$", message);
        }
    }

    [Fact]
    public void Names_are_up_to_nameLength_long()
    {
        string[] shapes = ["<{0}/>", "<a {0}='1'/>", "<a xmlns:{0}='u'/>", "<{0}:a xmlns:{0}='u'/>"];
        foreach (var shape in shapes)
        {
            Parse(Message(shape.Replace("{0}", new string('n', 100), StringComparison.Ordinal)));
            var text = Message(shape.Replace("{0}", new string('n', 1025), StringComparison.Ordinal));
            IsRefused(SoapFormatError.NameTooLong, "nameLength", text);
        }
        var exact = new EnvelopeLimits { NameLength = 10 };
        Parse(Message("<n123456789 b123456789='a very long value'>a very long text</n123456789>"), exact);
        IsRefused(SoapFormatError.NameTooLong, "nameLength", Message("<n1234567890/>"), exact);
    }

    [Fact]
    public void Namespaces_are_up_to_namespaceLength_long()
    {
        Parse(Message($"<a xmlns='{new string('n', 1024)}'/>"));
        IsRefused(SoapFormatError.NameTooLong, "namespaceLength", Message($"<a xmlns='{new string('n', 1025)}'/>"));
        var exact = new EnvelopeLimits { NamespaceLength = 50 };
        Parse(Message($"<a xmlns='{new string('n', 50)}'/>"), exact);
        IsRefused(SoapFormatError.NameTooLong, "namespaceLength", Message($"<p:a xmlns:p='{new string('n', 51)}'/>"), exact);
    }

    [Fact]
    public void A_refusal_tells_the_line_and_position()
    {
        var text = Message("<a>\r\n<b/>\r<c/>\n<d" + Repeat(257, i => $" b{i}=''") + "/></a>");
        Assert.Contains("at line 4, position ", Refusal(text).Message, StringComparison.Ordinal);
        Assert.EndsWith("at line 2, position 3.", Refusal("\n<!DOCTYPE a><a/>").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!-- <!DOCTYPE a> ' \" > - -> <a/> -->")]
    [InlineData("<!--> <!DOCTYPE a> -->")]
    [InlineData("<a><![CDATA[ <!DOCTYPE a> ' \" ]> ]] > <b c=d=e=f=g ]]></a>")]
    [InlineData("<a><![CDATA[]]]]></a>")]
    [InlineData("<a b='&lt;!DOCTYPE>' c=\"'\" d='\"=====' >======\"'</a >")]
    [InlineData("<a b=\"/>\"/>")]
    [InlineData("<a>字𠮷]]&gt;</a>")]
    public void What_only_looks_like_markup_is_none_wherever_blocks_of_characters_end(string body)
    {
        var strict = new EnvelopeLimits { ElementAttributes = 4, NameLength = 12 };
        for (var blanks = 3950; blanks < 4100; blanks++)
            Parse(Message(new string(' ', blanks) + body), strict);
    }

    static string IsRefused(SoapFormatError error, string option, string text, EnvelopeLimits? limits = null)
    {
        var refusal = Refusal(text, limits);
        Assert.Equal(error, refusal.Error);
        Assert.Contains(option, refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }
}
