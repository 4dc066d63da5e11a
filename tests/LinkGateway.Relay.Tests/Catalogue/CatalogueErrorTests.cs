namespace LinkGateway.Relay.Catalogue;

public sealed class CatalogueErrorTests : IDisposable
{
    readonly CatalogueFiles _files = new();

    public CatalogueErrorTests() => _files.Add("good.wsdl", CatalogueFiles.Wsdl());

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_and_no_exception()
    {
        var catalogue = InterfaceCatalogue.Load(Path.Combine(_files.Root, "none"));
        Assert.Contains("cannot be read", Assert.Single(catalogue.Errors).Text, StringComparison.Ordinal);
        Assert.Empty(catalogue.Services);
    }

    [Fact]
    public void Broken_XML_is_told_by_line_and_leaves_the_others()
    {
        var error = Bad("bad.wsdl", "<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/'>\n\n  <w:types></w:definitions>");
        Assert.Equal(("bad.wsdl", 3), (error.File, error.Line));
        Assert.Contains("not well-formed", error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'><xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>")]
    public void A_DTD_is_never_read(string text)
    {
        var error = Bad("bad.xsd", text);
        Assert.Contains("DTD", error.Text, StringComparison.Ordinal);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public void A_DTD_in_an_imported_schema_takes_only_its_importers_out()
    {
        _files.Add("bad.xsd", "<!DOCTYPE x><xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'/>")
            .Add("bad.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("bad.xsd")));
        var catalogue = _files.Load();
        Assert.Equal(["bad.wsdl", "bad.xsd"], catalogue.Errors.Select(error => error.File));
        Assert.Contains("an error of its own", catalogue.Errors[0].Text, StringComparison.Ordinal);
        Assert.Equal(["good.wsdl"], catalogue.Services.Select(service => service.File));
    }

    [Fact]
    public void Too_deep_too_large_and_empty_files_are_refused()
    {
        Assert.Contains("deeper than 64",
            Bad("deep.xsd", string.Concat(Enumerable.Repeat("<a>", 70)) + string.Concat(Enumerable.Repeat("</a>", 70))).Text,
            StringComparison.Ordinal);
        File.Delete(Path.Combine(_files.Root, "deep.xsd"));
        Assert.Contains("attributes", Bad("wide.xsd", $"<a {string.Concat(Enumerable.Range(0, 300).Select(i => $" a{i}=''"))}/>").Text,
            StringComparison.Ordinal);
        File.Delete(Path.Combine(_files.Root, "wide.xsd"));
        Assert.Contains("empty", Bad("empty.xsd", "").Text, StringComparison.Ordinal);
        File.Delete(Path.Combine(_files.Root, "empty.xsd"));
        using (var large = File.Create(Path.Combine(_files.Root, "large.xsd")))
            large.SetLength(CatalogueLimits.DocumentBytes + 1);
        Assert.Contains("larger than", Assert.Single(_files.Load().Errors).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_beyond_the_limit_are_left_out_and_that_is_told()
    {
        for (var i = 0; i < CatalogueLimits.Documents; i++)
            _files.Add($"x{i:0000}.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>");
        var catalogue = _files.Load();
        Assert.Contains("more than 2000", Assert.Single(catalogue.Errors).Text, StringComparison.Ordinal);
        Assert.NotNull(catalogue.Find("good.wsdl", null));
    }

    [Fact]
    public void Folders_beyond_the_limit_are_not_read()
    {
        var error = Bad(string.Concat(Enumerable.Repeat("d/", 20)) + "a.xsd", "<x/>");
        Assert.Contains("deeper than 16", error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.xsd", "is not in the folder")]
    [InlineData("../outside.xsd", "leaves the folder")]
    [InlineData("%2e%2e/outside.xsd", "is not in the folder")]
    [InlineData("http://example.org/missing.xsd", "never fetched")]
    [InlineData("file:///etc/hostname", "never fetched")]
    [InlineData("/etc/hostname", "never fetched")]
    [InlineData("good.wsdl", "no schema of the namespace 'urn:t'")]
    public void References_that_lead_out_of_the_folder_or_nowhere_are_told_by_line(string location, string text)
    {
        File.WriteAllText(Path.Combine(_files.Root, "..", "outside.xsd"), CatalogueFiles.Schema());
        var error = Bad("bad.wsdl", CatalogueFiles.Wsdl($"\n{CatalogueFiles.Importing(location)}"));
        Assert.Equal(("bad.wsdl", 4), (error.File, error.Line));
        Assert.Contains(text, error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_that_several_files_could_meet_is_an_error()
    {
        _files.Add("one.xsd", CatalogueFiles.Schema()).Add("two.xsd", CatalogueFiles.Schema());
        var error = Bad("bad.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("http://example.org/types.xsd")));
        Assert.Contains("'one.xsd', 'two.xsd'", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_include_by_address_is_met_by_file_name_only()
    {
        _files.Add("types.xsd", CatalogueFiles.Schema(more: "<xs:include schemaLocation='http://example.org/part.xsd'/>"))
            .Add("innocent.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'/>");
        var error = Bad("bad.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("types.xsd")));
        Assert.Equal("types.xsd", error.File);
        Assert.Contains("'part.xsd'", error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outside.xsd")]
    [InlineData("by-way/outside.xsd")]
    public void A_symbolic_link_that_leaves_the_folder_is_refused(string name)
    {
        var outside = Path.GetFullPath(Path.Combine(_files.Root, "..", "outside"));
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "outside.xsd"), CatalogueFiles.Schema());
        Directory.CreateSymbolicLink(Path.Combine(_files.Root, ".hidden"), outside);
        var target = name.Contains('/', StringComparison.Ordinal)
            ? Path.Combine(".hidden", "outside.xsd")
            : Path.Combine(outside, "outside.xsd");
        File.CreateSymbolicLink(Path.Combine(_files.Root, "types.xsd"), target);
        var catalogue = _files.Add("bad.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("types.xsd"))).Load();
        Assert.Contains(catalogue.Errors,
            error => error.File == "types.xsd" && error.Text.Contains("leaves the folder", StringComparison.Ordinal));
        Assert.Null(catalogue.Find("bad.wsdl", null));
        Assert.NotNull(catalogue.Find("good.wsdl", null));
    }

    [Fact]
    public void Symbolic_links_within_the_folder_are_followed_as_mounted_configuration_has_them()
    {
        _files.Add(".generation-1/types.xsd", CatalogueFiles.Schema());
        Directory.CreateSymbolicLink(Path.Combine(_files.Root, ".data"), ".generation-1");
        File.CreateSymbolicLink(Path.Combine(_files.Root, "types.xsd"), Path.Combine(".data", "types.xsd"));
        var catalogue = _files.Add("a.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("types.xsd"))).Load();
        Assert.Empty(catalogue.Errors);
        Assert.NotNull(catalogue.Find("a.wsdl", null));
    }

    [Fact]
    public void Links_to_folders_and_circles_of_links_are_refused()
    {
        Directory.CreateSymbolicLink(Path.Combine(_files.Root, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(_files.Root, "circle.xsd"), "circle.xsd");
        var catalogue = _files.Load();
        Assert.Equal(["circle.xsd", "up"], catalogue.Errors.Select(error => error.File));
        Assert.NotNull(catalogue.Find("good.wsdl", null));
    }

    [Fact]
    public void An_error_in_a_schema_is_told_by_its_own_file_and_line_once_for_all_who_use_it()
    {
        _files.Add("types.xsd", CatalogueFiles.Schema(more: "\n\n<xs:element name='x' type='xs:nothing'/>"));
        for (var i = 0; i < 3; i++)
            _files.Add($"bad{i}.wsdl", CatalogueFiles.Wsdl(CatalogueFiles.Importing("types.xsd")));
        var catalogue = _files.Load();
        var error = Assert.Single(catalogue.Errors);
        Assert.Equal(("types.xsd", 3), (error.File, error.Line));
        Assert.Contains("nothing", error.Text, StringComparison.Ordinal);
        Assert.Equal(["good.wsdl"], catalogue.Services.Select(service => service.File));
    }

    [Fact]
    public void An_error_in_a_schema_of_the_document_itself_has_the_line_of_the_document()
    {
        var types = CatalogueFiles.Types.Replace("xs:int", "xs:nothing", StringComparison.Ordinal);
        var error = Bad("bad.wsdl", CatalogueFiles.Wsdl($"\n\n{types}"));
        Assert.Equal(("bad.wsdl", 6), (error.File, error.Line));
    }

    [Theory]
    [InlineData("element='t:Get'", "element='t:Gone'", "declares the element 't:Gone'")]
    [InlineData("element='t:Get'", "element='q:Get'", "must name an element")]
    [InlineData("element='t:Get'", "type='xs:string'", "must name an element")]
    [InlineData("<w:input message='t:Get'/>", "<w:input message='t:Gone'/>", "names no <message>")]
    [InlineData("type='t:Port'", "type='t:Gone'", "names no <portType>")]
    [InlineData("binding='t:Binding'", "binding='t:Gone'", "names no <binding>")]
    [InlineData("<w:operation name='Get'><s:", "<w:operation name='Gone'><s:", "has no operation 'Gone'")]
    [InlineData("<w:input><s:body use='literal'/>", "<w:input><s:body use='encoded'/>", "R2706")]
    [InlineData("<w:input message='t:Get'/>", "", "R2303")]
    [InlineData("element='t:Get'/>", "element='t:Get'/><w:part name='b' element='t:Get'/>", "R2201")]
    public void What_cannot_be_served_is_told_by_line(string right, string wrong, string text)
    {
        _files.Add("bad.wsdl", CatalogueFiles.Wsdl().Replace(right, wrong, StringComparison.Ordinal));
        var catalogue = _files.Load();
        var error = catalogue.Errors.First(error => error.Text.Contains(text, StringComparison.Ordinal));
        Assert.Equal("bad.wsdl", error.File);
        Assert.True(error is { Line: > 3, Position: > 0 }, error.ToString());
        Assert.Null(catalogue.Find("bad.wsdl", null));
        Assert.NotNull(catalogue.Find("good.wsdl", null));
    }

    [Fact]
    public void Rpc_encoded_is_refused()
    {
        var catalogue = _files.Add("bad.wsdl", InterfaceCatalogueTests.Rpc("encoded")).Load();
        Assert.Contains(catalogue.Errors,
            error => error is { File: "bad.wsdl", Line: 12 } && error.Text.Contains("encoded", StringComparison.Ordinal));
        Assert.Null(catalogue.Find("bad.wsdl", null));
    }

    [Fact]
    public void A_type_of_an_rpc_part_that_no_schema_declares_is_told_at_the_operation()
    {
        var text = InterfaceCatalogueTests.Rpc()
            .Replace("name='house' type='t:House'", "name='house' type='t:Home'", StringComparison.Ordinal);
        var error = Bad("bad.wsdl", text);
        Assert.Equal(("bad.wsdl", 11), (error.File, error.Line));
        Assert.Contains("Home", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Operations_that_the_body_does_not_tell_apart_leave_the_first()
    {
        var text = CatalogueFiles.Wsdl()
            .Replace("</w:portType>", "<w:operation name='Again'><w:input message='t:Get'/></w:operation></w:portType>",
                StringComparison.Ordinal)
            .Replace("</w:binding>", "<w:operation name='Again'><w:input/></w:operation></w:binding>", StringComparison.Ordinal);
        var catalogue = _files.Add("bad.wsdl", text).Load();
        Assert.Contains("R2710", Assert.Single(catalogue.Errors).Text, StringComparison.Ordinal);
        Assert.Equal("Get", Assert.Single(catalogue.Find("bad.wsdl", null)!.Operations).Name);
    }

    [Fact]
    public void Documents_of_other_kinds_are_told()
    {
        var error = Bad("bad.wsdl", "<description xmlns='http://www.w3.org/ns/wsdl'/>");
        Assert.Contains("neither a WSDL 1.1 document nor a schema", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_of_errors_is_bounded()
    {
        for (var i = 0; i < CatalogueLimits.Errors + 10; i++)
            _files.Add($"x{i:0000}.xsd", "<");
        Assert.Equal(CatalogueLimits.Errors, _files.Load().Errors.Count);
    }

    CatalogueError Bad(string name, string text)
    {
        var catalogue = _files.Add(name, text).Load();
        Assert.NotNull(catalogue.Find("good.wsdl", null));
        Assert.Null(catalogue.Find(name, null));
        return Assert.Single(catalogue.Errors);
    }
}
