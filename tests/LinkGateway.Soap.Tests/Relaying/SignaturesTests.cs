using System.Text;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Soap.Tests.Relaying;

/// <summary>What a signature must not cover for a relay to change it.</summary>
public sealed class SignaturesTests
{
    const string C14n = "<d:Transforms><d:Transform Algorithm='http://www.w3.org/2001/10/xml-exc-c14n#'/></d:Transforms>";

    [Theory]
    [InlineData("")]
    [InlineData("#env")]
    [InlineData("#hdr")]
    [InlineData("#reply")]
    [InlineData("#address")]
    [InlineData("#params")]
    [InlineData("#fault")]
    [InlineData("#nowhere")]
    [InlineData("#xpointer(/)")]
    [InlineData("http://elsewhere")]
    public void A_reference_to_a_reply_address_or_around_it_covers(string uri)
    {
        var found = Signatures.CoveringReplyAddresses(Envelope($"<d:Reference URI='#to'/><d:Reference URI='{uri}'>{C14n}</d:Reference>"));
        Assert.Equal(("Security", uri), (found?.Block.LocalName, found?.Uri));
    }

    [Theory]
    [InlineData("#to")]
    [InlineData("#bdy")]
    [InlineData("#timestamp")]
    [InlineData("cid:file@example.org")]
    public void A_reference_to_something_else_does_not(string uri) =>
        Assert.Null(Signatures.CoveringReplyAddresses(Envelope($"<d:Reference URI='{uri}'>{C14n}</d:Reference>")));

    [Theory]
    [InlineData("<d:Reference URI='#to'><d:Transforms><d:Transform Algorithm='http://www.w3.org/TR/1999/REC-xpath-19991116'/>"
        + "</d:Transforms></d:Reference>", "#to")]
    [InlineData("<d:Reference/>", null)]
    [InlineData("", null)]
    public void What_is_not_understood_covers(string references, string? uri)
    {
        var found = Signatures.CoveringReplyAddresses(Envelope(references));
        Assert.NotNull(found);
        Assert.Equal(uri, found.Uri);
    }

    [Fact]
    public void Without_an_address_to_replace_nothing_is_covered() => Assert.Null(Signatures.CoveringReplyAddresses(
        Envelope("<d:Reference URI=''/>", "http://www.w3.org/2005/08/addressing/anonymous")));

    [Theory]
    [InlineData("cid:file@example.org", false)]
    [InlineData("#timestamp", true)]
    [InlineData("#bdy", true)]
    [InlineData("", true)]
    public void Another_version_of_soap_breaks_whatever_is_signed_but_attachments(string uri, bool covers) =>
        Assert.Equal(covers, Signatures.CoveringEnvelope(Envelope($"<d:Reference URI='{uri}'/>")) is not null);

    [Fact]
    public void A_signature_in_the_body_is_seen_too()
    {
        var envelope = SoapEnvelope.Parse(Encoding.UTF8.GetBytes(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><a><d:Signature "
            + "xmlns:d='http://www.w3.org/2000/09/xmldsig#'><d:Reference URI=''/></d:Signature></a></e:Body></e:Envelope>"));
        Assert.Equal("a", Signatures.CoveringEnvelope(envelope)?.Block.LocalName);
    }

    [Fact]
    public async Task References_without_number_to_an_id_without_number_cost_no_more_than_their_bytes()
    {
        // Each reference looked up in each element would be 8 thousand million steps. Header blocks may not be as many.
        var references = string.Concat(Enumerable.Repeat("<d:Reference URI='#x'/>", 80_000));
        var elements = string.Concat(Enumerable.Repeat("<b id='x'/>", 100_000));
        var envelope = Envelope("<d:Reference URI='#to'/>", body: $"<d:Signature>{references}</d:Signature>{elements}");
        Assert.Null(await Task.Run(() => Signatures.CoveringReplyAddresses(envelope)).WaitAsync(TimeSpan.FromMinutes(3)));
    }

    static SoapEnvelope Envelope(string references, string address = "http://a", string body = "") =>
        SoapEnvelope.Parse(Encoding.UTF8.GetBytes(
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' xmlns:w='http://www.w3.org/2005/08/addressing' "
        + "xmlns:u='urn:utility' xmlns:d='http://www.w3.org/2000/09/xmldsig#' ID='env'><e:Header id='hdr'><w:To u:Id='to'>x</w:To>"
        + $"<w:ReplyTo u:Id='reply'><w:Address xml:id='address'>{address}</w:Address>"
        + $"<w:ReferenceParameters><p Id='params'/></w:ReferenceParameters></w:ReplyTo><w:FaultTo Id='fault'><w:Address>{address}"
        + "</w:Address></w:FaultTo><Security xmlns='urn:security'><Timestamp Id='timestamp'/><d:Signature><d:SignedInfo>"
        + $"{references}</d:SignedInfo></d:Signature></Security></e:Header><e:Body u:Id='bdy'><a>{body}</a></e:Body></e:Envelope>"));
}
