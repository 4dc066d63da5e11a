using System.Xml.Linq;

namespace LinkGateway.Relay.Catalogue;

public sealed class InterfaceCatalogueTests : IDisposable
{
    static readonly XNamespace T = "urn:t";

    readonly CatalogueFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_WSDL_document_dropped_into_a_sub_folder_is_a_service()
    {
        var catalogue = _files.Add("unit5/house.wsdl", CatalogueFiles.Wsdl()).Load();
        Assert.Empty(catalogue.Errors);
        var service = catalogue.Find("unit5/house.wsdl", null);
        Assert.NotNull(service);
        Assert.Equal(T + "Service", service.Name);
        Assert.Equal("unit5/house.wsdl", service.File);
        var operation = Assert.Single(service.Operations);
        Assert.Equal(("Get", T + "Get", T + "GetResponse", "urn:get", false),
            (operation.Name, operation.Request, operation.Response, operation.SoapAction, operation.IsOneWay));
        Assert.Same(operation, service.FindOperation(T + "Get"));
        Assert.Null(service.FindOperation(T + "GetResponse"));
        Assert.Null(service.FindOperation(null));
        Assert.Same(service, catalogue.Find("./unit5/house.wsdl", "Service"));
        Assert.Null(catalogue.Find("unit5/house.wsdl", "Other"));
        Assert.Null(catalogue.Find("house.wsdl", null));
    }

    [Fact]
    public void Services_of_one_document_are_found_by_name_and_the_first_without()
    {
        var more = "<w:service name='Second'><w:port name='P' binding='t:Binding'><s:address location='http://x/'/></w:port></w:service>";
        var catalogue = _files.Add("a.wsdl", CatalogueFiles.Wsdl(more: more)).Load();
        Assert.Empty(catalogue.Errors);
        Assert.Equal("Service", catalogue.Find("a.wsdl", null)!.Name.LocalName);
        Assert.Equal("Second", catalogue.Find("a.wsdl", "Second")!.Name.LocalName);
    }

    [Fact]
    public void Ports_of_other_bindings_than_SOAP_are_passed_over_and_those_of_both_versions_give_each_operation_once()
    {
        var more = """
            <w:binding name='Soap12' type='t:Port'><x:binding xmlns:x='http://schemas.xmlsoap.org/wsdl/soap12/' transport='urn:x'/>
              <w:operation name='Get'><w:input/><w:output/></w:operation></w:binding>
            <w:binding name='Http' type='t:Port'><h:binding xmlns:h='http://schemas.xmlsoap.org/wsdl/http/' verb='GET'/></w:binding>
            <w:service name='All'><w:port name='P' binding='t:Http'/><w:port name='Q' binding='t:Binding'/>
              <w:port name='R' binding='t:Soap12'/></w:service>
            """;
        var catalogue = _files.Add("a.wsdl", CatalogueFiles.Wsdl(more: more)).Load();
        Assert.Empty(catalogue.Errors);
        Assert.Equal("urn:get", Assert.Single(catalogue.Find("a.wsdl", "All")!.Operations).SoapAction);
    }

    [Fact]
    public void Bindings_messages_and_schemas_may_lie_in_documents_of_their_own()
    {
        var whole = XDocument.Parse(CatalogueFiles.Wsdl(types: CatalogueFiles.Importing("../xsd/types.xsd")));
        var wsdl = whole.Root!.Name.Namespace;
        var service = new XDocument(new XElement(whole.Root));
        service.Root!.Elements().Where(element => element.Name != wsdl + "service").Remove();
        service.Root.AddFirst(new XElement(
            wsdl + "import", new XAttribute("namespace", "urn:t"), new XAttribute("location", "../wsdl/rest.wsdl")));
        whole.Root.Elements(wsdl + "service").Remove();
        var catalogue = _files.Add("service/main.wsdl", service.ToString()).Add("wsdl/rest.wsdl", whole.ToString())
            .Add("xsd/types.xsd", CatalogueFiles.Schema(more: "<xs:include schemaLocation='deep/more.xsd'/>"))
            .Add("xsd/deep/more.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>").Load();
        Assert.Empty(catalogue.Errors);
        Assert.NotNull(catalogue.Find("service/main.wsdl", "Service")?.FindOperation(T + "Get"));
        Assert.Null(catalogue.Find("wsdl/rest.wsdl", null));
    }

    [Fact]
    public void Circles_of_imports_and_includes_are_ordinary()
    {
        var catalogue = _files
            .Add("a.wsdl",
                CatalogueFiles.Wsdl(CatalogueFiles.Importing("a.xsd"), imports: "<w:import namespace='urn:t' location='b.wsdl'/>"))
            .Add("b.wsdl", "<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' targetNamespace='urn:t'>"
                + "<w:import namespace='urn:t' location='a.wsdl'/></w:definitions>")
            .Add("a.xsd",
                CatalogueFiles.Schema(more: "<xs:include schemaLocation='a2.xsd'/><xs:import namespace='urn:u' schemaLocation='u.xsd'/>"))
            .Add("a2.xsd",
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'>"
                + "<xs:include schemaLocation='a.xsd'/></xs:schema>")
            .Add("u.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:u'>"
                + "<xs:import namespace='urn:t' schemaLocation='a.xsd'/></xs:schema>")
            .Load();
        Assert.Empty(catalogue.Errors);
        Assert.NotNull(catalogue.Find("a.wsdl", null));
    }

    [Fact]
    public void Redefined_types_are_those_that_count()
    {
        var redefining = """
            <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t'>
              <xs:redefine schemaLocation='base.xsd'><xs:simpleType name='Id'><xs:restriction base='t:Id'><xs:maxLength value='3'/>
                </xs:restriction>
              </xs:simpleType></xs:redefine>
              <xs:element name='Get' type='t:Id'/><xs:element name='GetResponse' type='xs:string'/>
            </xs:schema>
            """;
        var catalogue = _files.Add("a.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("types.xsd"))).Add("types.xsd", redefining)
            .Add("base.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'>"
                + "<xs:simpleType name='Id'><xs:restriction base='xs:string'/></xs:simpleType></xs:schema>")
            .Load();
        Assert.Empty(catalogue.Errors);
        Assert.NotNull(catalogue.Find("a.wsdl", null));
    }

    [Fact]
    public void Schemas_that_stand_in_one_document_see_each_other_without_locations()
    {
        var types = """
            <xs:schema targetNamespace='urn:t'><xs:import namespace='urn:u'/>
              <xs:import namespace='http://schemas.xmlsoap.org/soap/encoding/'/>
              <xs:element name='Get' type='u:Id' xmlns:u='urn:u'/><xs:element name='GetResponse' type='xs:string'/></xs:schema>
            <xs:schema targetNamespace='urn:u'><xs:simpleType name='Id'><xs:restriction base='xs:int'/></xs:simpleType></xs:schema>
            """;
        var catalogue = _files.Add("a.wsdl", CatalogueFiles.Wsdl(types)).Load();
        Assert.Empty(catalogue.Errors);
        Assert.NotNull(catalogue.Find("a.wsdl", null));
    }

    [Fact]
    public void Two_versions_of_an_interface_with_the_same_names_lie_side_by_side_each_with_its_own_schemas()
    {
        foreach (var (version, type) in new[] { ("2025", "xs:int"), ("2026", "xs:date") })
        {
            _files.Add($"{version}/a.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("http://example.org/schemas/types.xsd")))
                .Add($"{version}/types.xsd", CatalogueFiles.Schema(more: $"<xs:element name='marker' type='{type}'/>"));
        }
        var catalogue = _files.Load();
        Assert.Empty(catalogue.Errors);
        string Marker(string version) => ((System.Xml.Schema.XmlSchemaElement)catalogue.Find($"{version}/a.wsdl", null)!.Schemas
            .GlobalElements[new System.Xml.XmlQualifiedName("marker", "urn:t")]!).SchemaTypeName.Name;
        Assert.Equal(("int", "date"), (Marker("2025"), Marker("2026")));
    }

    [Theory]
    [InlineData("http://example.org/schemas/types.xsd")]
    [InlineData("http://example.org/schemas/another-name.xsd")]
    [InlineData("file:///C:/contracts/types.xsd")]
    [InlineData(@"sub\..\types.xsd")]
    public void What_is_named_by_an_address_is_taken_from_the_folder_by_file_name_or_namespace(string location)
    {
        var catalogue = _files.Add("a.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing(location)))
            .Add("types.xsd", CatalogueFiles.Schema()).Add("other.xsd", CatalogueFiles.Schema("urn:other")).Load();
        Assert.Empty(catalogue.Errors);
        Assert.NotNull(catalogue.Find("a.wsdl", null));
    }

    [Fact]
    public void The_attributes_of_the_namespace_xml_need_no_file()
    {
        var more = "<xs:import namespace='http://www.w3.org/XML/1998/namespace' schemaLocation='http://www.w3.org/2001/xml.xsd'/>"
            + "<xs:element name='x'><xs:complexType><xs:attribute ref='xml:lang'/></xs:complexType></xs:element>";
        var catalogue = _files.Add("a.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("t.xsd")))
            .Add("t.xsd", CatalogueFiles.Schema(more: more)).Load();
        Assert.Empty(catalogue.Errors);
        Assert.NotNull(catalogue.Find("a.wsdl", null));
    }

    [Fact]
    public void Documents_in_Shift_JIS_are_read_and_served_in_UTF_8()
    {
        var types = CatalogueFiles.Types.Replace("name='id'", "name='家屋番号'", StringComparison.Ordinal);
        var text = $"<?xml version='1.0' encoding='Shift_JIS'?>\n{CatalogueFiles.Wsdl(types)}";
        var bytes = System.Text.CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!.GetBytes(text);
        var catalogue = _files.Add("a.wsdl", bytes).Load();
        Assert.Empty(catalogue.Errors);
        var served = catalogue.Find("a.wsdl", null)!.Documents.Find("?wsdl", new Uri("http://gateway/a"))!.Value;
        Assert.Contains("name=\"家屋番号\"", System.Text.Encoding.UTF8.GetString(served.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_one_way_operation_has_no_response()
    {
        var text = CatalogueFiles.Wsdl().Replace("<w:output message='t:GetResponse'/>", "", StringComparison.Ordinal);
        var operation = Assert.Single(_files.Add("a.wsdl", text).Load().Find("a.wsdl", null)!.Operations);
        Assert.True(operation.IsOneWay);
        Assert.Null(operation.Response);
    }

    [Fact]
    public void An_operation_whose_message_has_no_parts_is_found_by_the_empty_body()
    {
        var text = CatalogueFiles.Wsdl().Replace("<w:part name='parameters' element='t:Get'/>", "", StringComparison.Ordinal);
        var catalogue = _files.Add("a.wsdl", text).Load();
        Assert.Empty(catalogue.Errors);
        Assert.Null(catalogue.Find("a.wsdl", null)!.FindOperation(null)!.Request);
    }

    [Fact]
    public void Parts_bound_to_headers_are_not_in_the_body()
    {
        var text = CatalogueFiles.Wsdl()
            .Replace("element='t:Get'/>", "element='t:Get'/><w:part name='h' element='t:GetResponse'/>", StringComparison.Ordinal)
            .Replace("<w:input><s:body use='literal'/>",
                "<w:input><s:header message='t:Get' part='h' use='literal'/><s:body use='literal'/>", StringComparison.Ordinal);
        var catalogue = _files.Add("a.wsdl", text).Load();
        Assert.Empty(catalogue.Errors);
        Assert.NotNull(catalogue.Find("a.wsdl", null)!.FindOperation(T + "Get"));
    }

    [Fact]
    public void Rpc_literal_operations_have_wrappers_named_for_them()
    {
        var catalogue = _files.Add("a.wsdl", Rpc()).Load();
        Assert.Empty(catalogue.Errors);
        var operation = Assert.Single(catalogue.Find("a.wsdl", null)!.Operations);
        XNamespace rpc = "urn:rpc";
        Assert.Equal((rpc + "Get", rpc + "GetResponse"), (operation.Request, operation.Response));
    }

    [Fact]
    public void The_documents_of_a_service_lead_to_each_other_through_the_gateway_from_any_folder()
    {
        _files.Add("unit/a.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("http://example.org/types.xsd")))
            .Add("unit/a-soap12.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("../common/types.xsd")))
            .Add("common/types.xsd", CatalogueFiles.Schema(more: "<xs:include schemaLocation='sub/types.xsd'/>"))
            .Add("common/sub/types.xsd", CatalogueFiles.Schema().Replace("Get", "Sub", StringComparison.Ordinal));
        var catalogue = _files.Load();
        Assert.Empty(catalogue.Errors);
        var served = ServedDocuments.Follow(catalogue.Find("unit/a.wsdl", null)!.Documents, "?wsdl", "?wsdl=soap12");
        Assert.Equal(4, served.Count);
        Assert.Contains(served.Values, text => text.Contains("SubResponse", StringComparison.Ordinal));
    }

    [Fact]
    public void A_document_that_no_location_names_gets_one_when_served()
    {
        var types = "<xs:schema><xs:import namespace='urn:t'/></xs:schema>";
        var catalogue = _files.Add("a.wsdl", CatalogueFiles.Wsdl(types)).Add("t.xsd", CatalogueFiles.Schema()).Load();
        Assert.Empty(catalogue.Errors);
        Assert.Equal(2, ServedDocuments.Follow(catalogue.Find("a.wsdl", null)!.Documents, "?wsdl").Count);
    }

    [Fact]
    public void Services_are_listed_by_file()
    {
        var catalogue = _files.Add("b.wsdl", CatalogueFiles.Wsdl()).Add("a.wsdl", CatalogueFiles.Wsdl()).Load();
        Assert.Equal(["a.wsdl", "b.wsdl"], catalogue.Services.Select(service => service.File));
    }

    internal static string Rpc(string use = "literal") =>
        $"""
        <w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/'
            xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t'>
          <w:types><xs:schema targetNamespace='urn:t'>
            <xs:complexType name='House'><xs:sequence><xs:element name='number' type='xs:int'/></xs:sequence></xs:complexType>
              </xs:schema></w:types>
          <w:message name='Get'><w:part name='number' type='xs:int'/><w:part name='house' type='t:House'/></w:message>
          <w:message name='Got'><w:part name='return' type='t:House'/></w:message>
          <w:portType name='Port'><w:operation name='Get'><w:input message='t:Get'/><w:output message='t:Got'/></w:operation></w:portType>
          <w:binding name='Binding' type='t:Port'>
            <s:binding style='rpc' transport='http://schemas.xmlsoap.org/soap/http'/>
            <w:operation name='Get'><s:operation soapAction=''/>
              <w:input><s:body use='{use}' namespace='urn:rpc'/></w:input>
              <w:output><s:body use='{use}' namespace='urn:rpc'/></w:output></w:operation>
          </w:binding>
          <w:service name='Service'><w:port name='Port' binding='t:Binding'/></w:service>
        </w:definitions>
        """;
}
