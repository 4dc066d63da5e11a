using System.Net;
using System.Net.Sockets;
using static LinkGateway.Soap.Envelope.EnvelopeSamples;

namespace LinkGateway.Soap.Envelope;

/// <summary>What hostile envelopes cost: counted in bytes allocated, never in time.</summary>
public class EnvelopeCostTests
{
    // Buffers of the reader and the text of the refusal; nothing that grows with the message.
    const int FixedCost = 160 * 1024;

    static readonly EnvelopeLimits Limits = new() { RootBytes = 64 * 1024 * 1024 };

    public static TheoryData<string, SoapFormatError> Attacks => new()
    {
        { "attributes", SoapFormatError.TooManyAttributes },
        { "equal attributes", SoapFormatError.TooManyAttributes },
        { "namespaces", SoapFormatError.TooManyAttributes },
        { "attributes of as many namespaces", SoapFormatError.TooManyAttributes },
        { "attributes in a header", SoapFormatError.TooManyAttributes },
        { "element name", SoapFormatError.NameTooLong },
        { "attribute name", SoapFormatError.NameTooLong },
        { "prefix", SoapFormatError.NameTooLong },
        { "end tag", SoapFormatError.NameTooLong },
        { "depth", SoapFormatError.TooDeep },
        { "document type", SoapFormatError.DocumentType },
        { "document type after a comment", SoapFormatError.DocumentType },
        { "billion laughs", SoapFormatError.DocumentType },
        { "quadratic blow-up", SoapFormatError.DocumentType },
    };

    public static TheoryData<string> Honest =>
        ["attributes", "namespaces", "distinct names", "text", "character references", "comments", "cdata", "blanks", "values", "headers"];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_attack_is_refused_before_it_costs_anything_however_large_it_is(string name, SoapFormatError error)
    {
        Assert.Equal(error, Refusal(Attack(name, 10_000), Limits).Error);
        foreach (var size in new[] { 10_000, 200_000 })
            Assert.InRange(Allocated(Attack(name, size), Limits), 1, FixedCost);
    }

    [Theory]
    [MemberData(nameof(Honest))]
    public void What_is_within_the_limits_costs_no_more_than_its_length_demands(string name)
    {
        var once = Envelopes(name, 1);
        var eightfold = Envelopes(name, 8);
        Parse(eightfold, Limits);
        var (small, large) = (Allocated(once, Limits), Allocated(eightfold, Limits));
        // Buffers and tables double when they are full; what grew with the square would be 64-fold.
        Assert.InRange(large, 1, (16 * small) + FixedCost);
        Assert.InRange(large, 1, (24L * eightfold.Length) + FixedCost);
    }

    [Fact]
    public void An_external_entity_is_never_fetched__38()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/secret";
        foreach (var declaration in new[] { $"<!DOCTYPE a SYSTEM '{address}'>", $"<!DOCTYPE a [<!ENTITY x SYSTEM '{address}'>]>" })
            Assert.Equal(SoapFormatError.DocumentType, Refusal(declaration + Message("<a>&x;</a>")).Error);
        var schema = $"<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='urn:a {address}'/>";
        Parse(Message(schema));
        Assert.False(listener.Pending());
    }

    [Fact]
    public void An_entity_that_is_not_declared_is_no_XML()
    {
        Assert.Equal(SoapFormatError.NotWellFormed, Refusal(Message("<a>&x;</a>")).Error);
        Assert.Equal(SoapFormatError.NotWellFormed, Refusal(Message("<a b='&x;'/>")).Error);
    }

    static string Attack(string name, int size) => name switch
    {
        "attributes" => Message("<a" + Repeat(size, i => $" b{i}=''") + "/>"),
        "equal attributes" => Message("<a" + Repeat(size, _ => " b=''") + "/>"),
        "namespaces" => Message("<a" + Repeat(size, i => $" xmlns:b{i}='u'") + "/>"),
        "attributes of as many namespaces" => Message("<a" + Repeat(size, i => $" xmlns:b{i}='u{i}' b{i}:c=''") + "/>"),
        "attributes in a header" => Message("<a/>", "<a" + Repeat(size, i => $" b{i}=''") + "/>"),
        "element name" => Message($"<{new string('n', size)}/>"),
        "attribute name" => Message($"<a {new string('n', size)}=''/>"),
        "prefix" => Message($"<a xmlns:{new string('n', size)}='u'/>"),
        "end tag" => Message($"<a></a{new string('n', size)}>"),
        "depth" => Message(Repeat(size, _ => "<a>") + Repeat(size, _ => "</a>")),
        "document type" => $"<!DOCTYPE a [{Repeat(size, i => $"<!ENTITY b{i} 'c'>")}]>{Message("<a/>")}",
        "document type after a comment" => $"<!-- {new string('x', size)} --><!DOCTYPE a>{Message("<a/>")}",
        "billion laughs" => $"<!DOCTYPE a [<!ENTITY b0 'lol'>{Repeat(30, i => $"<!ENTITY b{i + 1} '&b{i};&b{i};&b{i};&b{i};'>")}]>"
            + Message($"<a>&b30;{new string('x', size)}</a>"),
        "quadratic blow-up" => $"<!DOCTYPE a [<!ENTITY b '{new string('x', size)}'>]>" + Message($"<a>{Repeat(size, _ => "&b;")}</a>"),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    static string Envelopes(string name, int times) => name switch
    {
        "attributes" => Message(Repeat(100 * times, _ => $"<a{Repeat(256, i => $" b{i}='c'")}/>")),
        "namespaces" => Message(Repeat(100 * times, _ => $"<a{Repeat(128, i => $" xmlns:b{i}='u{i}' b{i}:c='d'")}/>")),
        "distinct names" => Message(Repeat(10_000 * times, i => $"<a{i}/>")),
        "text" => Message($"<a>{new string('x', 200_000 * times)}</a>"),
        "character references" => Message($"<a>{Repeat(20_000 * times, _ => "&amp;&#65;")}</a>"),
        "comments" => Message($"<!--{new string('x', 200_000 * times)}-->"),
        "cdata" => Message($"<a><![CDATA[{new string('x', 200_000 * times)}]]></a>"),
        "blanks" => Message($"<a{new string(' ', 200_000 * times)}b=''/>"),
        "values" => Message($"<a b='{new string('x', 200_000 * times)}'/>"),
        "headers" => Message("<a/>", Repeat(500 * times, i => $"<h{i % 9} i='1'>x</h{i % 9}>")),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
