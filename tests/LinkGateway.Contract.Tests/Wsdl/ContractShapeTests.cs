using System.Xml.Linq;

namespace LinkGateway.Contract.Tests.Wsdl;

/// <summary>The shape of DESIGN section 6: each rule has broken at least one toolkit when bent.</summary>
/// <param name="name">What the contract's documents are named after.</param>
/// <param name="types">Its schema.</param>
/// <param name="fault">Type of its fault.</param>
/// <param name="ns">Its namespace.</param>
/// <param name="operations">Its operations, in order.</param>
/// <param name="attachments">Where an attachment goes, such as "PutChunk input"; a contract without any has no MIME documents.</param>
public abstract class ContractShapeTests(
    string name, string types, string fault, string ns, string[] operations, string[] attachments)
{
    static readonly XNamespace Xs = "http://www.w3.org/2001/XMLSchema";
    static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    static readonly XNamespace Soap11 = "http://schemas.xmlsoap.org/wsdl/soap/";
    static readonly XNamespace Soap12 = "http://schemas.xmlsoap.org/wsdl/soap12/";
    static readonly XNamespace Mime = "http://schemas.xmlsoap.org/wsdl/mime/";

    /// <summary>What the names of the documents that clients start from add to the contract's.</summary>
    string[] Variants { get; } = attachments.Length > 0 ? ["", "-mime", "-soap12", "-soap12mime"] : ["", "-soap12"];

    /// <summary>The operations that name a transfer.</summary>
    protected abstract IEnumerable<string> OfOneTransfer { get; }

    /// <summary>The operations that the code knows.</summary>
    protected abstract IEnumerable<string> InCode { get; }

    XDocument PortType { get; } = ContractFiles.Load($"{name}-porttype.wsdl");

    XDocument Types { get; } = ContractFiles.Load(types);

    [Theory]
    [InlineData("enumeration"), InlineData("restriction"), InlineData("extension"), InlineData("choice"), InlineData("all")]
    [InlineData("any"), InlineData("union"), InlineData("list"), InlineData("attribute"), InlineData("anyAttribute"), InlineData("group")]
    [InlineData("simpleType")]
    public void The_types_do_without(string construct) => Assert.Empty(Types.Descendants(Xs + construct));

    [Fact]
    public void Nothing_is_nillable() => Assert.Empty(Types.Descendants().Attributes("nillable"));

    [Fact]
    public void Elements_are_qualified_and_of_named_types()
    {
        Assert.Equal("qualified", Types.Root!.Attribute("elementFormDefault")!.Value);
        var fields = Types.Descendants(Xs + "element").Where(element => element.Parent!.Name == Xs + "sequence");
        Assert.All(fields, field => Assert.NotNull(field.Attribute("type")));
    }

    [Theory, InlineData("Properties"), InlineData("Environment")]
    public void No_type_is_named(string reserved) =>
        Assert.DoesNotContain(Types.Descendants(Xs + "complexType"), type => type.Attribute("name")?.Value == reserved);

    [Fact]
    public void The_operations_are_those_of_the_contract_and_of_the_code()
    {
        Assert.Equal(operations, PortType.Descendants(Wsdl + "operation").Select(Name));
        Assert.Equal(operations.Order(), InCode.Order());
    }

    [Fact]
    public void The_schema_that_imports_the_types_has_a_namespace_of_its_own()
    {
        var schema = Assert.Single(PortType.Descendants(Xs + "schema"));
        Assert.Equal(ns + "/wsdl", schema.Attribute("targetNamespace")?.Value);
        Assert.Equal([Xs + "import"], schema.Elements().Select(element => element.Name));
    }

    [Fact]
    public void A_message_is_one_part_named_parameters_with_the_wrapper() =>
        Assert.All(operations.SelectMany(operation => new[] { operation, operation + "Response" }), wrapper =>
        {
            var message = PortType.Root!.Elements(Wsdl + "message").Single(message => Name(message) == wrapper);
            var part = Assert.Single(message.Elements());
            Assert.Equal("parameters", Name(part));
            Assert.Equal("tns:" + wrapper, part.Attribute("element")!.Value);
        });

    [Fact]
    public void A_response_wrapper_has_exactly_one_child_result_of_a_named_type() =>
        Assert.All(operations, operation =>
        {
            var field = Assert.Single(Wrapper(operation + "Response").Descendants(Xs + "element"));
            Assert.Equal("result", Name(field));
            Assert.Null(field.Attribute("minOccurs"));
            Assert.EndsWith("Result", field.Attribute("type")!.Value, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_answer_ends_in_properties()
    {
        var results = Types.Root!.Elements(Xs + "complexType")
            .Where(type => Name(type).EndsWith("Result", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(results);
        Assert.All(results, result =>
            Assert.Equal(("property", "tns:NameValue"), Field(result.Element(Xs + "sequence")!.Elements().Last())));
    }

    [Fact]
    public void A_request_that_names_a_transfer_begins_with_its_identity_all_optional() =>
        Assert.All(OfOneTransfer, operation =>
        {
            var identity = Wrapper(operation).Descendants(Xs + "element").Take(4).ToList();
            Assert.Equal(["origin", "transferId", "receiver", "replay"], identity.Select(Name));
            Assert.All(identity, field => Assert.Equal("0", field.Attribute("minOccurs")!.Value));
        });

    [Fact]
    public void Each_operation_has_the_one_typed_fault()
    {
        Assert.All(PortType.Descendants(Wsdl + "operation"), operation =>
            Assert.Equal($"tns:{fault}", Assert.Single(operation.Elements(Wsdl + "fault")).Attribute("message")!.Value));
        var type = Types.Root!.Elements(Xs + "complexType").Single(type => Name(type) == fault);
        Assert.Equal(["code", "text", "detail"], type.Descendants(Xs + "element").Select(Name));
    }

    [Fact]
    public void A_document_has_one_port_on_one_binding_of_the_one_port_type() => Assert.All(Variants, variant =>
    {
        var document = Load(variant);
        var binding = Assert.Single(document.Descendants(Wsdl + "binding"));
        Assert.Equal("tns:" + Name(binding), Assert.Single(document.Descendants(Wsdl + "port")).Attribute("binding")!.Value);
        Assert.Equal("tns:" + Name(PortType.Descendants(Wsdl + "portType").Single()), binding.Attribute("type")!.Value);
        Assert.Equal($"{name}-porttype.wsdl", Assert.Single(document.Descendants(Wsdl + "import")).Attribute("location")!.Value);
        Assert.Equal(operations, binding.Elements(Wsdl + "operation").Select(Name));
    });

    [Fact]
    public void A_document_speaks_one_SOAP_version_and_has_no_header_parts_or_mime_content() => Assert.All(Variants, variant =>
    {
        var document = Load(variant);
        var (own, other) = variant.Contains("soap12", StringComparison.Ordinal) ? (Soap12, Soap11) : (Soap11, Soap12);
        Assert.DoesNotContain(document.Descendants(), element => element.Name.Namespace == other);
        Assert.Empty(document.Descendants(own + "header"));
        Assert.Empty(document.Descendants(Mime + "content"));
        Assert.All(document.Descendants(own + "operation"), operation =>
            Assert.Equal($"{ns}/{Name(operation.Parent!)}", operation.Attribute("soapAction")!.Value));
    });

    // WS-I AP 1.0 R2902: attachments only where the binding declares them.
    [Fact]
    public void Only_the_MIME_documents_declare_MIME_and_only_where_an_attachment_goes() => Assert.All(Variants, variant =>
    {
        var parts = Load(variant).Descendants(Mime + "multipartRelated")
            .Select(mime => $"{Name(mime.Parent!.Parent!)} {mime.Parent.Name.LocalName}");

        Assert.Equal(variant.Contains("mime", StringComparison.Ordinal) ? attachments : [], parts);
    });

    [Fact]
    public void Names_of_bindings_services_and_ports_differ_so_that_two_documents_can_be_used_together()
    {
        var names = Variants.SelectMany(variant => Load(variant).Root!.Elements())
            .Where(element => element.Name != Wsdl + "import").Select(Name).ToList();
        Assert.Equal(2 * Variants.Length, names.Count);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void The_namespace_is_an_http_URI_with_a_version_the_same_in_all_documents()
    {
        Assert.Matches("^http://.*/2026$", ns);
        Assert.All([.. Variants.Select(Load), PortType, Types], document =>
            Assert.Equal(ns, document.Root!.Attribute("targetNamespace")!.Value));
    }

    XDocument Load(string variant) => ContractFiles.Load($"{name}{variant}.wsdl");

    XElement Wrapper(string wrapper) => Types.Root!.Elements(Xs + "element").Single(element => Name(element) == wrapper);

    static string Name(XElement element) => element.Attribute("name")!.Value;

    static (string Name, string Type) Field(XElement element) => (Name(element), element.Attribute("type")!.Value);
}
