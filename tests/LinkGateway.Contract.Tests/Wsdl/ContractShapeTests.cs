using System.Xml.Linq;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wsdl;

/// <summary>The shape of DESIGN section 6: each rule has broken at least one toolkit when bent.</summary>
public sealed class ContractShapeTests
{
    const string Tns = BatchNames.Namespace;
    static readonly XNamespace Xs = "http://www.w3.org/2001/XMLSchema";
    static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    static readonly XNamespace Soap11 = "http://schemas.xmlsoap.org/wsdl/soap/";
    static readonly XNamespace Soap12 = "http://schemas.xmlsoap.org/wsdl/soap12/";
    static readonly XNamespace Mime = "http://schemas.xmlsoap.org/wsdl/mime/";

    static readonly string[] Operations =
    [
        "SubmitFile", "OpenTransfer", "PutChunk", "CommitTransfer", "GetTransferStatus", "ListInbox", "FetchFile", "FetchChunk",
        "ConfirmReceipt", "GetReceipts", "GetReceiptsSince", "CancelTransfer",
    ];

    static readonly XDocument Types = ContractFiles.Load("batch-types.xsd");
    static readonly XDocument PortType = ContractFiles.Load(ContractFiles.PortType);

    public static TheoryData<string> Bindings => [.. ContractFiles.Bindings];

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
    public void No_type_is_named(string name) =>
        Assert.DoesNotContain(Types.Descendants(Xs + "complexType"), type => type.Attribute("name")?.Value == name);

    [Fact]
    public void The_operations_are_those_of_the_contract_and_of_the_code()
    {
        Assert.Equal(Operations, PortType.Descendants(Wsdl + "operation").Select(Name));
        var served = typeof(BatchOperations).GetProperties().Where(property => property.PropertyType.IsGenericType)
            .Select(property => property.Name);
        Assert.Equal(Operations.Order(), served.Order());
    }

    [Fact]
    public void The_schema_that_imports_the_types_has_a_namespace_of_its_own()
    {
        var schema = Assert.Single(PortType.Descendants(Xs + "schema"));
        Assert.Equal(Tns + "/wsdl", schema.Attribute("targetNamespace")?.Value);
        Assert.Equal([Xs + "import"], schema.Elements().Select(element => element.Name));
    }

    [Fact]
    public void A_message_is_one_part_named_parameters_with_the_wrapper() =>
        Assert.All(Operations.SelectMany(operation => new[] { operation, operation + "Response" }), name =>
        {
            var message = PortType.Root!.Elements(Wsdl + "message").Single(message => Name(message) == name);
            var part = Assert.Single(message.Elements());
            Assert.Equal("parameters", Name(part));
            Assert.Equal("tns:" + name, part.Attribute("element")!.Value);
        });

    [Fact]
    public void A_response_wrapper_has_exactly_one_child_result_of_a_named_type() =>
        Assert.All(Operations, operation =>
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

    [Theory]
    [InlineData("SubmitFile"), InlineData("OpenTransfer"), InlineData("PutChunk"), InlineData("CommitTransfer")]
    [InlineData("GetTransferStatus"), InlineData("GetReceipts"), InlineData("CancelTransfer")]
    public void A_request_that_names_a_transfer_begins_with_its_identity_all_optional(string operation)
    {
        var identity = Wrapper(operation).Descendants(Xs + "element").Take(4).ToList();
        Assert.Equal(["origin", "transferId", "receiver", "replay"], identity.Select(Name));
        Assert.All(identity, field => Assert.Equal("0", field.Attribute("minOccurs")!.Value));
    }

    [Fact]
    public void Each_operation_has_the_one_typed_fault()
    {
        Assert.All(PortType.Descendants(Wsdl + "operation"), operation =>
            Assert.Equal("tns:BatchFault", Assert.Single(operation.Elements(Wsdl + "fault")).Attribute("message")!.Value));
        var fault = Types.Root!.Elements(Xs + "complexType").Single(type => Name(type) == "BatchFault");
        Assert.Equal(["code", "text", "detail"], fault.Descendants(Xs + "element").Select(Name));
    }

    [Theory, MemberData(nameof(Bindings))]
    public void A_document_has_one_port_on_one_binding_of_the_one_port_type(string file)
    {
        var document = ContractFiles.Load(file);
        var binding = Assert.Single(document.Descendants(Wsdl + "binding"));
        Assert.Equal("tns:" + Name(binding), Assert.Single(document.Descendants(Wsdl + "port")).Attribute("binding")!.Value);
        Assert.Equal("tns:BatchTransfer", binding.Attribute("type")!.Value);
        Assert.Equal(ContractFiles.PortType, Assert.Single(document.Descendants(Wsdl + "import")).Attribute("location")!.Value);
        Assert.Equal(Operations, binding.Elements(Wsdl + "operation").Select(Name));
    }

    [Theory, MemberData(nameof(Bindings))]
    public void A_document_speaks_one_SOAP_version_and_has_no_header_parts_or_mime_content(string file)
    {
        var document = ContractFiles.Load(file);
        var (own, other) = file.Contains("soap12", StringComparison.Ordinal) ? (Soap12, Soap11) : (Soap11, Soap12);
        Assert.DoesNotContain(document.Descendants(), element => element.Name.Namespace == other);
        Assert.Empty(document.Descendants(own + "header"));
        Assert.Empty(document.Descendants(Mime + "content"));
        Assert.All(document.Descendants(own + "operation"), operation =>
            Assert.Equal($"{Tns}/{Name(operation.Parent!)}", operation.Attribute("soapAction")!.Value));
    }

    // WS-I AP 1.0 R2902: attachments only where the binding declares them.
    [Theory, MemberData(nameof(Bindings))]
    public void Only_the_MIME_documents_declare_MIME_and_only_where_an_attachment_goes(string file)
    {
        var parts = ContractFiles.Load(file).Descendants(Mime + "multipartRelated")
            .Select(mime => $"{Name(mime.Parent!.Parent!)} {mime.Parent.Name.LocalName}");

        string[] expected = file.Contains("mime", StringComparison.Ordinal)
            ? ["SubmitFile input", "PutChunk input", "FetchFile output", "FetchChunk output"]
            : [];
        Assert.Equal(expected, parts);
    }

    [Fact]
    public void Names_of_bindings_services_and_ports_differ_so_that_two_documents_can_be_used_together()
    {
        var names = ContractFiles.Bindings.SelectMany(file => ContractFiles.Load(file).Root!.Elements())
            .Where(element => element.Name != Wsdl + "import").Select(Name).ToList();
        Assert.Equal(8, names.Count);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void The_namespace_is_an_http_URI_with_a_version_and_a_draft()
    {
        Assert.Matches("^http://.*/2026/draft$", Tns);
        Assert.All(ContractFiles.Bindings.Append(ContractFiles.PortType), file =>
            Assert.Equal(Tns, ContractFiles.Load(file).Root!.Attribute("targetNamespace")!.Value));
        Assert.Equal(Tns, Types.Root!.Attribute("targetNamespace")!.Value);
    }

    static XElement Wrapper(string name) => Types.Root!.Elements(Xs + "element").Single(element => Name(element) == name);

    static string Name(XElement element) => element.Attribute("name")!.Value;

    static (string Name, string Type) Field(XElement element) => (Name(element), element.Attribute("type")!.Value);
}
