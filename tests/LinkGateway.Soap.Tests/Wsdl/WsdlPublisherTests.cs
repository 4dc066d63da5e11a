using System.Text;

namespace LinkGateway.Soap.Wsdl;

public class WsdlPublisherTests
{
    static readonly Uri Address = new("https://gateway.example.org:8443/soap/batch");

    static readonly WsdlPublisher Publisher = new(new Dictionary<string, byte[]>
    {
        ["batch.wsdl"] = Document("http://schemas.xmlsoap.org/wsdl/soap/", "main"),
        ["batch-mime.wsdl"] = Document("http://schemas.xmlsoap.org/wsdl/soap/", "mime"),
        ["batch-soap12.wsdl"] = Document("http://schemas.xmlsoap.org/wsdl/soap12/", "soap12"),
        ["batch.soap12mime.wsdl"] = Document("http://schemas.xmlsoap.org/wsdl/soap12/", "soap12mime"),
        ["batch-types.xsd"] = Encoding.UTF8.GetBytes(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='more.xsd'/>"
            + "<xs:import namespace='urn:far' schemaLocation='http://example.org/far.xsd'/></xs:schema>"),
        ["more.xsd"] = Encoding.UTF8.GetBytes("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>"),
    });

    [Theory]
    [InlineData("?wsdl", "main")]
    [InlineData("?WSDL", "main")]
    [InlineData("?wsdl=mime", "mime")]
    [InlineData("?wsdl=soap12", "soap12")]
    [InlineData("?wsdl=soap12mime", "soap12mime")]
    [InlineData("?wsdl=batch-mime.wsdl", "mime")]
    public void A_query_finds_its_document_with_the_address_of_the_server(string query, string marker)
    {
        var text = Text(query);
        Assert.Contains($"<!--{marker}-->", text, StringComparison.Ordinal);
        Assert.Contains($"location=\"{Address}\"", text, StringComparison.Ordinal);
        Assert.Contains($"schemaLocation=\"{Address}?xsd=batch-types.xsd\"", text, StringComparison.Ordinal);
        Assert.Contains($"<w:import location=\"{Address}?wsdl=batch.wsdl\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("REPLACE", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_are_found_by_file_name_and_refer_to_each_other_by_address()
    {
        var text = Text("?xsd=batch-types.xsd");
        Assert.Contains($"{Address}?xsd=more.xsd", text, StringComparison.Ordinal);
        Assert.Contains("\"http://example.org/far.xsd\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?wsdl=none")]
    [InlineData("?xsd=none.xsd")]
    [InlineData("?xsd=../batch-types.xsd")]
    [InlineData("?other")]
    public void Other_queries_find_nothing(string query) => Assert.Null(Publisher.Find(query, Address));

    [Fact]
    public void Documents_of_several_folders_refer_to_each_other_from_where_they_stand()
    {
        var publisher = new WsdlPublisher(new Dictionary<string, byte[]>
        {
            ["unit/main.wsdl"] = Document("http://schemas.xmlsoap.org/wsdl/soap/", "main", "../common/types.xsd"),
            ["unit/main-soap12.wsdl"] = Document("http://schemas.xmlsoap.org/wsdl/soap12/", "soap12", "types.xsd"),
            ["unit/types.xsd"] = Schema("one"),
            ["common/types.xsd"] = Schema("two", "./sub/types.xsd"),
            ["common/sub/types.xsd"] = Schema("three"),
        }, "unit/main.wsdl");
        Assert.Contains($"{Address}?xsd=common%2Ftypes.xsd", Text("?wsdl", publisher), StringComparison.Ordinal);
        Assert.Contains($"{Address}?xsd=unit%2Ftypes.xsd", Text("?wsdl=soap12", publisher), StringComparison.Ordinal);
        Assert.Contains($"{Address}?xsd=common%2Fsub%2Ftypes.xsd", Text("?xsd=common%2Ftypes.xsd", publisher), StringComparison.Ordinal);
        Assert.Contains("three", Text("?xsd=common/sub/types.xsd", publisher), StringComparison.Ordinal);
        Assert.Null(publisher.Find("?xsd=types.xsd", Address));
    }

    [Fact]
    public void Who_publishes_may_tell_where_references_lead()
    {
        var asked = new List<WsdlReference>();
        var publisher = new WsdlPublisher(new Dictionary<string, byte[]>
        {
            ["main.wsdl"] = Document("http://schemas.xmlsoap.org/wsdl/soap/", "main", "http://example.org/types.xsd"),
            ["types.xsd"] = Encoding.UTF8.GetBytes(
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:import namespace='urn:no-place'/>"
                + "<xs:include schemaLocation='x.xsd'/></xs:schema>"),
        }, resolve: reference =>
        {
            asked.Add(reference);
            return reference.Location == "x.xsd" ? "not-published.xsd" : "types.xsd";
        });
        Assert.Contains($"schemaLocation=\"{Address}?xsd=types.xsd\"", Text("?wsdl", publisher), StringComparison.Ordinal);
        var schema = Text("?xsd=types.xsd", publisher);
        var import = $"<xs:import namespace=\"urn:no-place\" schemaLocation=\"{Address}?xsd=types.xsd\"";
        Assert.Contains(import, schema, StringComparison.Ordinal);
        Assert.Contains("<xs:include schemaLocation=\"x.xsd\"", schema, StringComparison.Ordinal);
        Assert.Equal(
            [
                new("main.wsdl", "batch.wsdl", "urn:b"),
                new("main.wsdl", "http://example.org/types.xsd", "urn:t"),
                new("types.xsd", null, "urn:no-place"),
                new("types.xsd", "x.xsd", ""),
            ],
            asked);
    }

    [Fact]
    public void A_DTD_is_never_read()
    {
        var publisher = new WsdlPublisher(new Dictionary<string, byte[]>
        {
            ["main.wsdl"] = Encoding.UTF8.GetBytes("<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"),
        });
        Assert.Throws<System.Xml.XmlException>(() => publisher.Find("?wsdl", Address));
    }

    [Fact]
    public void Each_address_gets_its_own_however_many_there_are()
    {
        for (var i = 0; i < 1000; i++)
        {
            var address = new Uri($"http://host{i}/soap");
            var text = Encoding.UTF8.GetString(Publisher.Find("?wsdl", address)!.Value.Span);
            Assert.Contains($"location=\"{address}\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_was_made_is_remembered_within_a_bound_of_bytes()
    {
        var publisher = new WsdlPublisher(new Dictionary<string, byte[]>
        {
            ["main.wsdl"] = Document("http://schemas.xmlsoap.org/wsdl/soap/", new string('x', 1024 * 1024)),
        });
        var made = Enumerable.Range(0, 20).Select(i => publisher.Find("?wsdl", new Uri($"http://host{i}/"))!.Value).ToList();
        // Equal where both are the same memory.
        Assert.Equal(made[^1], publisher.Find("?wsdl", new Uri("http://host19/")));
        Assert.NotEqual(made[0], publisher.Find("?wsdl", new Uri("http://host0/")));
    }

    static string Text(string query, WsdlPublisher? publisher = null) =>
        Encoding.UTF8.GetString((publisher ?? Publisher).Find(query, Address)!.Value.Span);

    static byte[] Schema(string marker, string? include = null) => Encoding.UTF8.GetBytes(
        $"<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><!--{marker}-->"
        + (include is null ? "</xs:schema>" : $"<xs:include schemaLocation='{include}'/></xs:schema>"));

    static byte[] Document(string soap, string marker, string types = "batch-types.xsd") => Encoding.UTF8.GetBytes(
        $"<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' xmlns:s='{soap}'><!--{marker}-->"
        + "<w:import location='batch.wsdl' namespace='urn:b'/>"
        + "<w:types><xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
        + "<xs:import namespace='urn:t' schemaLocation='" + types + "'/></xs:schema></w:types>"
        + "<w:service name='b'><w:port name='p'><s:address location='REPLACE_WITH_ADDRESS'/></w:port></w:service></w:definitions>");
}
