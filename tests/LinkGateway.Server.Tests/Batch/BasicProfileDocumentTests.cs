using System.Text;
using System.Xml.Linq;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Batch;

/// <summary>The rules of WS-I Basic Profile 1.1 for descriptions, each by its number, on the documents as they are served.</summary>
public sealed class BasicProfileDocumentTests(ProfileGateway gateway) : IClassFixture<ProfileGateway>
{
    static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    static readonly XNamespace Soap = "http://schemas.xmlsoap.org/wsdl/soap/";
    static readonly XNamespace Xs = "http://www.w3.org/2001/XMLSchema";

    [Fact]
    public async Task R2001_R2002_R2007_imports_name_their_location_and_the_right_kind_of_document()
    {
        foreach (var (_, document) in await CrawlAsync())
        {
            foreach (var import in document.Descendants(Wsdl + "import"))
            {
                var imported = await LoadAsync(import.Attribute("location")!.Value);
                Assert.Equal(Wsdl + "definitions", imported.Root!.Name);
                Assert.Equal(import.Attribute("namespace")!.Value, imported.Root!.Attribute("targetNamespace")!.Value);
            }
            foreach (var import in document.Descendants(Xs + "import"))
            {
                var imported = await LoadAsync(import.Attribute("schemaLocation")!.Value);
                Assert.Equal(Xs + "schema", imported.Root!.Name);
                Assert.Equal(import.Attribute("namespace")!.Value, imported.Root!.Attribute("targetNamespace")!.Value);
            }
        }
    }

    [Fact]
    public async Task R2022_R2023_imports_come_before_types_and_those_before_all_else()
    {
        string[] order = ["documentation", "import", "types", "message", "portType", "binding", "service"];
        foreach (var (_, document) in (await CrawlAsync()).Where(one => one.Document.Root!.Name == Wsdl + "definitions"))
        {
            var places = document.Root!.Elements().Select(element => Array.IndexOf(order, element.Name.LocalName)).ToArray();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        }
    }

    [Fact]
    public async Task R2105_a_schema_within_types_has_a_target_namespace_or_imports_alone()
    {
        foreach (var schema in (await CrawlAsync()).SelectMany(one => one.Document.Descendants(Wsdl + "types").Elements(Xs + "schema")))
            Assert.True(schema.Attribute("targetNamespace") is not null || schema.Elements().All(child => child.Name == Xs + "import"));
    }

    [Fact]
    public async Task R2110_R2111_nothing_is_an_array_of_SOAP_encoding()
    {
        foreach (var (_, document) in await CrawlAsync())
            Assert.DoesNotContain("http://schemas.xmlsoap.org/soap/encoding/", document.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R2204_a_part_of_a_document_literal_message_names_an_element()
    {
        var parts = (await CrawlAsync()).SelectMany(one => one.Document.Descendants(Wsdl + "part")).ToArray();
        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.True(part.Attribute("element") is not null && part.Attribute("type") is null));
    }

    [Fact]
    public async Task R2303_R2304_operations_are_request_and_response_and_have_names_of_their_own()
    {
        var operations = (await CrawlAsync()).SelectMany(one => one.Document.Descendants(Wsdl + "portType")).Elements(Wsdl + "operation")
            .ToArray();
        Assert.Distinct(operations.Select(operation => operation.Attribute("name")!.Value));
        foreach (var operation in operations)
            Assert.Equal(["input", "output", "fault"], operation.Elements()
                .Where(child => child.Name != Wsdl + "documentation").Select(child => child.Name.LocalName));
    }

    [Fact]
    public async Task R2701_R2702_R2705_R2706_the_binding_is_SOAP_over_HTTP_document_style_and_literal()
    {
        var bindings = (await CrawlAsync()).SelectMany(one => one.Document.Descendants(Wsdl + "binding")).ToArray();
        Assert.NotEmpty(bindings);
        foreach (var binding in bindings)
        {
            var transport = Assert.Single(binding.Elements(Soap + "binding")).Attribute("transport");
            Assert.Equal("http://schemas.xmlsoap.org/soap/http", transport?.Value);
            Assert.All(binding.Descendants().Attributes("style"), style => Assert.Equal("document", style.Value));
            var messages = binding.Descendants().Where(element => element.Name == Soap + "body" || element.Name == Soap + "fault");
            Assert.All(messages, message => Assert.Equal("literal", message.Attribute("use")?.Value));
        }
    }

    [Fact]
    public async Task R2710_operations_differ_in_the_element_that_is_on_the_wire()
    {
        var documents = await CrawlAsync();
        var elements = documents.SelectMany(one => one.Document.Descendants(Wsdl + "message"))
            .ToDictionary(
                message => message.Attribute("name")!.Value, message => message.Element(Wsdl + "part")!.Attribute("element")!.Value);
        var inputs = documents.SelectMany(one => one.Document.Descendants(Wsdl + "portType")).Descendants(Wsdl + "input");
        Assert.Distinct(inputs.Select(input => elements[input.Attribute("message")!.Value.Split(':')[1]]));
    }

    [Fact]
    public async Task R2716_R2721_R2726_soap_body_has_no_namespace_and_soap_fault_the_name_of_its_fault()
    {
        foreach (var binding in (await CrawlAsync()).SelectMany(one => one.Document.Descendants(Wsdl + "binding")))
        {
            Assert.All(binding.Descendants(Soap + "body"), body => Assert.Null(body.Attribute("namespace")));
            foreach (var fault in binding.Descendants(Soap + "fault"))
            {
                Assert.Null(fault.Attribute("namespace"));
                Assert.Equal(fault.Parent!.Attribute("name")!.Value, fault.Attribute("name")!.Value);
            }
        }
    }

    [Fact]
    public async Task R2718_a_binding_has_the_operations_of_its_port_type()
    {
        var documents = await CrawlAsync();
        var declared = Names(documents.SelectMany(one => one.Document.Descendants(Wsdl + "portType")));
        foreach (var binding in documents.SelectMany(one => one.Document.Descendants(Wsdl + "binding")))
            Assert.Equal(declared, Names([binding]));

        static string[] Names(IEnumerable<XElement> parents) =>
            [.. parents.Elements(Wsdl + "operation").Select(operation => operation.Attribute("name")!.Value).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task R4002_R4003_R4004_documents_are_XML_1_0_in_UTF_8()
    {
        foreach (var (answer, _) in await CrawlAsync())
        {
            var document = XDocument.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(answer.Body.Span));
            Assert.Equal("1.0", document.Declaration?.Version ?? "1.0");
            Assert.Equal("utf-8", document.Declaration?.Encoding ?? "utf-8");
            Assert.Equal("text/xml; charset=utf-8", answer["Content-Type"]);
        }
    }

    /// <summary>The two documents with SOAP 1.1 and all that they import.</summary>
    async Task<IReadOnlyList<(RawAnswer Answer, XDocument Document)>> CrawlAsync()
    {
        var found = new Dictionary<string, (RawAnswer, XDocument Document)>();
        var waiting = new Queue<string>([$"{gateway.Address}?wsdl", $"{gateway.Address}?wsdl=mime"]);
        while (waiting.TryDequeue(out var location))
        {
            if (found.ContainsKey(location))
                continue;
            var answer = await GetAsync(location);
            var document = XDocument.Parse(answer.Text);
            found[location] = (answer, document);
            var imports = document.Descendants().Where(element => element.Name.LocalName == "import");
            foreach (var import in imports)
                waiting.Enqueue((import.Attribute("location") ?? import.Attribute("schemaLocation"))!.Value);
        }
        return [.. found.Values];
    }

    async Task<XDocument> LoadAsync(string location) => XDocument.Parse((await GetAsync(location)).Text);

    // The documents name the host that the request names; the test server listens elsewhere.
    Task<RawAnswer> GetAsync(string location) => gateway.SendAsync($"GET {new Uri(location).PathAndQuery} HTTP/1.1\r\n");
}
