using System.Text;

namespace LinkGateway.Relay.Catalogue;

/// <summary>A temporary folder of interfaces, and texts of documents to fill it with.</summary>
sealed class CatalogueFiles : IDisposable
{
    readonly DirectoryInfo _above = Directory.CreateTempSubdirectory("catalogue-");

    public CatalogueFiles() => Directory.CreateDirectory(Root);

    /// <summary>The folder of interfaces; what lies beside it is outside.</summary>
    public string Root => Path.Combine(_above.FullName, "interfaces");

    public CatalogueFiles Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    public CatalogueFiles Add(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    public InterfaceCatalogue Load() => InterfaceCatalogue.Load(Root);

    public void Dispose() => _above.Delete(recursive: true);

    /// <summary>A WSDL document of one document/literal operation Get, in the namespace urn:t unless told.</summary>
    /// <param name="types">The inside of wsdl:types.</param>
    /// <param name="space">The target namespace, that of the elements Get and GetResponse too.</param>
    /// <param name="imports">What stands before the types.</param>
    /// <param name="more">What stands at the end.</param>
    public static string Wsdl(string types = Types, string space = "urn:t", string imports = "", string more = "") =>
        $"""
        <w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/'
            xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='{space}' targetNamespace='{space}'>{imports}
          <w:types>{types}</w:types>
          <w:message name='Get'><w:part name='parameters' element='t:Get'/></w:message>
          <w:message name='GetResponse'><w:part name='parameters' element='t:GetResponse'/></w:message>
          <w:portType name='Port'><w:operation name='Get'><w:input message='t:Get'/><w:output message='t:GetResponse'/></w:operation>
            </w:portType>
          <w:binding name='Binding' type='t:Port'>
            <s:binding transport='http://schemas.xmlsoap.org/soap/http'/>
            <w:operation name='Get'><s:operation soapAction='urn:get'/>
              <w:input><s:body use='literal'/></w:input><w:output><s:body use='literal'/></w:output></w:operation>
          </w:binding>
          <w:service name='Service'><w:port name='Port' binding='t:Binding'><s:address location='http://elsewhere/'/></w:port>
            </w:service>{more}
        </w:definitions>
        """;

    public const string Types =
        """
        <xs:schema targetNamespace='urn:t' elementFormDefault='qualified'>
          <xs:element name='Get'><xs:complexType><xs:sequence><xs:element name='id' type='xs:int'/></xs:sequence></xs:complexType>
            </xs:element>
          <xs:element name='GetResponse' type='xs:string'/>
        </xs:schema>
        """;

    /// <summary>Types that take their elements from a schema file.</summary>
    public static string Importing(string location, string space = "urn:t") =>
        $"<xs:schema><xs:import namespace='{space}' schemaLocation='{location}'/></xs:schema>";

    /// <summary>A schema file with the elements Get and GetResponse.</summary>
    public static string Schema(string space = "urn:t", string more = "") =>
        $"""
        <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='{space}' elementFormDefault='qualified'>{more}
          <xs:element name='Get' type='xs:string'/>
          <xs:element name='GetResponse' type='xs:string'/>
        </xs:schema>
        """;
}
