using System.Net;
using System.Text;
using LinkGateway.Soap.Wsdl;

namespace LinkGateway.Soap.AspNetCore.Hosting;

public class WsdlTests
{
    static readonly WsdlPublisher Publisher = new(new Dictionary<string, byte[]>
    {
        ["test.wsdl"] = Messages.Utf8("<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/'><w:service name='t'><w:port name='p'>"
            + "<a:address xmlns:a='http://schemas.xmlsoap.org/wsdl/soap/' location='x'/></w:port></w:service></w:definitions>"),
        ["types.xsd"] = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>"u8.ToArray(),
    });

    [Fact]
    public async Task Documents_are_served_with_the_address_the_caller_used()
    {
        await using var server = await SoapServer.StartAsync(wsdl: Publisher);
        using var answer = await server.Http.GetAsync(new Uri(server.Address + "?wsdl"));
        Assert.Equal("text/xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"location=\"{server.Address}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("schema", await server.Http.GetStringAsync(new Uri(server.Address + "?xsd=types.xsd")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_address_replaces_that_of_the_request()
    {
        var options = new SoapHostOptions { PublicRoot = new Uri("https://gateway.example.org") };
        await using var server = await SoapServer.StartAsync(options, Publisher);
        var text = await server.Http.GetStringAsync(new Uri(server.Address + "?wsdl"));
        Assert.Contains($"location=\"https://gateway.example.org{server.Address.AbsolutePath}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_not_published_is_not_found()
    {
        await using var server = await SoapServer.StartAsync(wsdl: Publisher);
        using var answer = await server.Http.GetAsync(new Uri(server.Address + "?wsdl=none"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_host_header_that_is_no_address_is_a_bad_request(string method)
    {
        await using var server = await SoapServer.StartAsync(wsdl: Publisher);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address + "?wsdl"));
        request.Headers.TryAddWithoutValidation("Host", "gateway:99999999");
        if (method == "POST")
            request.Content = new StringContent(Messages.Envelope("<a/>"), Encoding.UTF8, "text/xml");

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
