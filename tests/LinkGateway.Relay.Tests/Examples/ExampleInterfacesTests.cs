using System.Text;
using System.Xml.Linq;
using LinkGateway.Relay.Catalogue;
using LinkGateway.Relay.Validation;
using LinkGateway.Soap.Envelope;
using LinkGateway.Testing.Files;

namespace LinkGateway.Relay.Examples;

public class ExampleInterfacesTests
{
    static readonly InterfaceCatalogue Catalogue = InterfaceCatalogue.Load(Path.Combine(Repository.Root, "wsdl", "examples"));

    public static TheoryData<string, string, string> Documents()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (file, service) in new[] { ("resident", "ResidentLookup"), ("house", "HouseLookup"), ("vacant-house", "VacantHouse") })
        {
            foreach (var (variant, suffix) in new[] { ("", ""), ("mime", "Mime"), ("soap12", "Soap12"), ("soap12mime", "Soap12Mime") })
                data.Add(file, variant, service + suffix);
        }
        return data;
    }

    [Fact]
    public void All_are_without_errors() => Assert.Empty(Catalogue.Errors);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_interface_has_four_documents_of_the_same_operations(string file, string variant, string service)
    {
        var contract = Catalogue.Find(variant.Length == 0 ? $"{file}.wsdl" : $"{file}-{variant}.wsdl", service);
        Assert.NotNull(contract);
        var main = Catalogue.Find($"{file}.wsdl", null)!;
        Assert.Equal(main.Operations.Select(Describe), contract.Operations.Select(Describe));
        static string Describe(ServiceOperation operation) =>
            $"{operation.Name} {operation.Request} {operation.Response} {operation.SoapAction} {operation.IsOneWay} "
            + string.Join(' ', operation.Faults);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_document_is_served_and_all_it_refers_to_through_the_gateway(string file, string variant, string service)
    {
        var documents = Catalogue.Find($"{file}.wsdl", null)!.Documents;
        var query = variant.Length == 0 ? "?wsdl" : $"?wsdl={variant}";
        var served = ServedDocuments.Follow(documents, query);
        Assert.Contains($"<wsdl:service name=\"{service}\">", served[query], StringComparison.Ordinal);
        Assert.Contains(served.Keys, key => key == $"?xsd={file}-types.xsd");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_document_has_one_port(string file, string variant, string service)
    {
        var name = variant.Length == 0 ? $"{file}.wsdl" : $"{file}-{variant}.wsdl";
        var document = XDocument.Load(Path.Combine(Repository.Root, "wsdl", "examples", name));
        Assert.Equal(service + "Port",
            Assert.Single(document.Descendants(), element => element.Name.LocalName == "port").Attribute("name")!.Value);
    }

    [Theory]
    [InlineData("resident", "GetResident", false, "residentFault")]
    [InlineData("house", "GetHouse", false, "houseFault")]
    [InlineData("house", "ListHouses", false, "houseFault")]
    [InlineData("vacant-house", "RegisterVacantHouse", true, null)]
    public void Operations_follow_the_rules_of_the_wire(string file, string name, bool oneWay, string? fault)
    {
        XNamespace space = $"http://linkgateway.example/services/{file}/2026";
        var operation = Catalogue.Find($"{file}.wsdl", null)!.FindOperation(space + name)!;
        Assert.Equal((name, $"{space}/{name}", oneWay), (operation.Name, operation.SoapAction, operation.IsOneWay));
        Assert.Equal(oneWay ? null : space + (name + "Response"), operation.Response);
        Assert.Equal(fault is null ? [] : [space + fault], operation.Faults);
    }

    [Theory]
    [InlineData("house")]
    [InlineData("resident")]
    [InlineData("vacant-house")]
    public void Schemas_hold_nothing_that_stops_a_toolkit(string file)
    {
        var schema = XDocument.Load(Path.Combine(Repository.Root, "wsdl", "examples", $"{file}-types.xsd"));
        string[] forbidden = ["enumeration", "choice", "any", "union", "list", "attribute", "all", "group", "extension"];
        Assert.DoesNotContain(schema.Descendants(),
            element => forbidden.Contains(element.Name.LocalName) || element.Attribute("nillable") is not null);
        // One pattern of one named type, tried with each toolkit: all make a plain string of it.
        var restrictions = schema.Descendants().Where(element => element.Name.LocalName == "restriction").ToList();
        Assert.Equal(file == "resident" ? ["AtenaNumber"] : [], restrictions.Select(element => element.Parent!.Attribute("name")!.Value));
    }

    [Fact]
    public void A_lookup_of_a_resident_is_validated_in_both_directions()
    {
        const string Space = "http://linkgateway.example/services/resident/2026";
        var request = $"<GetResident xmlns='{Space}'><atenaNumber>{{0}}</atenaNumber></GetResident>";
        var response = $"<GetResidentResponse xmlns='{Space}'><result><atenaNumber>000000000000123</atenaNumber><name>山田太郎</name>"
            + "<birthDate>{0}</birthDate><address>石巻市穀町</address><asOf>2026-01-01</asOf></result></GetResidentResponse>";
        var fault = $"<s:Fault><faultcode>s:Client</faultcode><faultstring>x</faultstring><detail>"
            + $"<residentFault xmlns='{Space}'><code>NotFound</code>"
            + "{0}</residentFault></detail></s:Fault>";
        Assert.Empty(Validate("resident", request, "000000000000123"));
        Assert.Equal("pattern", Assert.Single(Validate("resident", request, "123")).Rule);
        Assert.Empty(Validate("resident", response, "1950-04-01", response: true));
        Assert.Equal("/Body/GetResidentResponse/result/birthDate",
            Assert.Single(Validate("resident", response, "S25.4.1", response: true)).Path);
        Assert.Empty(Validate("resident", fault, "<text>該当者なし</text>", response: true));
        Assert.Equal("missing element", Assert.Single(Validate("resident", fault, "", response: true)).Rule);
    }

    [Fact]
    public void A_list_of_houses_is_the_repeated_element()
    {
        const string House = "<house><houseNumber>1</houseNumber><location>x</location><use>411</use>"
            + "<floorArea>{0}</floorArea><baseDate>2026-01-01</baseDate></house>";
        var response = $"<ListHousesResponse xmlns='http://linkgateway.example/services/house/2026'>"
            + $"<result>{House}{House}<more>false</more></result></ListHousesResponse>";
        Assert.Empty(Validate("house", response, "85.50", response: true, operation: 1));
        Assert.Equal(["/Body/ListHousesResponse/result/house/floorArea", "/Body/ListHousesResponse/result/house[2]/floorArea"],
            Validate("house", response, "85.50 m2", response: true, operation: 1).Select(finding => finding.Path));
    }

    [Fact]
    public void A_vacant_house_is_registered_with_photographs()
    {
        var request = "<RegisterVacantHouse xmlns='http://linkgateway.example/services/vacant-house/2026'>"
            + "<reportId>R1</reportId><location>x</location>"
            + "<foundOn>{0}</foundOn><reportedAt>2026-11-27T09:00:00+09:00</reportedAt><legalBasis>空家法第10条</legalBasis>"
            + "<photo>cid:1@x</photo><photo>cid:2@x</photo></RegisterVacantHouse>";
        Assert.Empty(Validate("vacant-house", request, "2026-11-27"));
        Assert.Equal("type xs:date", Assert.Single(Validate("vacant-house", request, "2026-11-31")).Rule);
    }

    static IReadOnlyList<ValidationFinding> Validate(string file, string body, string value, bool response = false, int operation = 0)
    {
        var contract = Catalogue.Find($"{file}.wsdl", null)!;
        var envelope = SoapEnvelope.Parse(Encoding.UTF8.GetBytes(
            $"<s:Envelope xmlns:s='{SampleMessages.Soap11}'><s:Body>{body.Replace("{0}", value, StringComparison.Ordinal)}</s:Body>"
            + $"</s:Envelope>"));
        var validator = new MessageValidator(contract);
        return response
            ? validator.ValidateResponse(envelope, contract.Operations[operation])
            : validator.ValidateRequest(envelope, contract.Operations[operation]);
    }
}
