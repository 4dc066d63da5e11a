using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Soap.AspNetCore.Hosting;

public class SoapExchangeTests
{
    [Theory]
    [InlineData(SoapVersion.Soap11, Messages.Type11)]
    [InlineData(SoapVersion.Soap12, Messages.Type12)]
    public async Task A_call_is_answered_in_its_own_version(SoapVersion version, string contentType)
    {
        await using var server = await SoapServer.StartAsync();
        using var answer = await PostAsync(server, Messages.Utf8(Messages.Envelope("echo", "宛名", version)), contentType);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(version.MediaType(), answer.Content.Headers.ContentType!.MediaType);
        var envelope = SoapEnvelope.Parse(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(version, envelope.Version);
        using var reader = envelope.ReadBody();
        Assert.Equal("宛名", reader.ReadElementContentAsString());
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-8", true)]
    public async Task An_envelope_in_utf16_or_with_a_byte_order_mark_is_read(string encodingName, bool mark)
    {
        await using var server = await SoapServer.StartAsync();
        var encoding = Encoding.GetEncoding(encodingName);
        var text = "<?xml version=\"1.0\"?>" + Messages.Envelope("echo", "家屋");
        byte[] envelope = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        using var answer = await PostAsync(server, envelope, $"text/xml; charset={encodingName}");
        Assert.Contains("家屋", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handler_sees_action_address_caller_headers_and_length()
    {
        await using var server = await SoapServer.StartAsync();
        var content = Messages.Utf8(Messages.Envelope("echo", "x"));
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = Typed(content, Messages.Type11) };
        request.Headers.TryAddWithoutValidation("SOAPAction", "\"urn:echo\"");
        request.Headers.Add("LinkGateway-Hops", ["a", "b"]);
        using var answer = await server.Http.SendAsync(request);
        var call = Assert.Single(server.Operations.Calls);
        Assert.Equal(new TestOperations.Call("urn:echo", server.Address, "a, b", content.Length, false), call);
    }

    [Theory]
    [InlineData("fail", Messages.Type11, SoapVersion.Soap11, HttpStatusCode.InternalServerError, "soap:Server")]
    [InlineData("fail", Messages.Type12, SoapVersion.Soap12, HttpStatusCode.InternalServerError, "soap:Receiver")]
    [InlineData("unwritable", Messages.Type11, SoapVersion.Soap11, HttpStatusCode.InternalServerError, "soap:Server")]
    [InlineData("refuse", Messages.Type11, SoapVersion.Soap11, HttpStatusCode.InternalServerError, "soap:Client")]
    [InlineData("refuse", Messages.Type12, SoapVersion.Soap12, HttpStatusCode.BadRequest, "soap:Sender")]
    [InlineData("unknown", Messages.Type11, SoapVersion.Soap11, HttpStatusCode.InternalServerError, "soap:Client")]
    public async Task A_fault_has_the_status_and_code_of_its_version_and_tells_nothing_internal(
        string operation, string contentType, SoapVersion version, HttpStatusCode status, string code)
    {
        await using var server = await SoapServer.StartAsync();
        using var answer = await PostAsync(server, Messages.Utf8(Messages.Envelope(operation, "", version)), contentType);
        Assert.Equal(status, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains($">{code}<", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overload_is_500_with_the_seconds_to_wait_rounded_up()
    {
        await using var server = await SoapServer.StartAsync();
        using var answer = await PostAsync(server, Messages.Utf8(Messages.Envelope("busy")), Messages.Type11);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_one_way_message_is_answered_202_with_headers_and_without_body()
    {
        await using var server = await SoapServer.StartAsync();
        using var answer = await PostAsync(server, Messages.Utf8(Messages.Envelope("notify")), Messages.Type11);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("t1", answer.Headers.GetValues("Transfer-Id").Single());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data; boundary=b0undary", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/related; type=\"text/html\"; boundary=b0undary", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_is_no_SOAP_type_is_refused_by_status_alone(string contentType, HttpStatusCode status)
    {
        await using var server = await SoapServer.StartAsync();
        using var answer = await PostAsync(server, "{}"u8.ToArray(), contentType);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_document_type_is_refused_as_the_senders_fault()
    {
        await using var server = await SoapServer.StartAsync();
        var envelope = "<!DOCTYPE a [<!ENTITY b 'c'>]>" + Messages.Envelope("echo", "&b;");
        using var answer = await PostAsync(server, Messages.Utf8(envelope), Messages.Type11);
        var fault = SoapFault.From(SoapEnvelope.Parse(await answer.Content.ReadAsByteArrayAsync()))!;
        Assert.Equal(SoapFaultCode.Sender, fault.Code);
        Assert.Contains("R1008", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addressing_headers_are_answered_by_related_ones()
    {
        await using var server = await SoapServer.StartAsync();
        const string Header = "<a:MessageID xmlns:a=\"http://www.w3.org/2005/08/addressing\" e:mustUnderstand=\"1\">urn:m:1</a:MessageID>"
            + "<a:Action xmlns:a=\"http://www.w3.org/2005/08/addressing\">urn:echo</a:Action>";
        using var answer = await PostAsync(server, Messages.Utf8(Messages.Envelope("echo", "x", header: Header)), Messages.Type11);
        var headers = Addressing.AddressingHeaders.From(SoapEnvelope.Parse(await answer.Content.ReadAsByteArrayAsync()))!;
        Assert.Equal("urn:m:1", headers.RelatesTo);
        Assert.Equal("urn:echoResponse", headers.Action);
    }

    [Fact]
    public async Task A_header_that_must_be_understood_and_is_not_is_a_fault_of_its_own()
    {
        await using var server = await SoapServer.StartAsync();
        const string Header = "<s:Security xmlns:s=\"urn:sec\" e:mustUnderstand=\"1\"/>";
        using var answer = await PostAsync(server, Messages.Utf8(Messages.Envelope("echo", "x", header: Header)), Messages.Type11);
        var fault = SoapFault.From(SoapEnvelope.Parse(await answer.Content.ReadAsByteArrayAsync()))!;
        Assert.Equal(SoapFaultCode.MustUnderstand, fault.Code);
        Assert.Empty(server.Operations.Calls);
    }

    [Theory]
    [InlineData(Messages.Type11, SoapVersion.Soap11)]
    [InlineData(Messages.Type12, SoapVersion.Soap12)]
    public async Task Another_version_is_a_fault_in_the_version_of_the_media_type_that_lists_what_is_known(
        string contentType, SoapVersion version)
    {
        await using var server = await SoapServer.StartAsync();
        const string Other = "<e:Envelope xmlns:e=\"http://www.w3.org/2001/12/soap-envelope\"><e:Body/></e:Envelope>";
        using var answer = await PostAsync(server, Messages.Utf8(Other), contentType);
        var envelope = SoapEnvelope.Parse(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(version, envelope.Version);
        Assert.Equal(SoapFaultCode.VersionMismatch, SoapFault.From(envelope)!.Code);
        Assert.Equal(SoapVersion.Soap12.Namespace() + "Upgrade", Assert.Single(envelope.Headers).Name);
    }

    [Fact]
    public async Task A_fault_of_blocks_that_are_not_understood_is_not_larger_than_its_request()
    {
        await using var server = await SoapServer.StartAsync();
        var request = Messages.Envelope("echo", "x", SoapVersion.Soap12,
            string.Concat(Enumerable.Range(0, 1000).Select(n => $"<n:a{n} xmlns:n=\"urn:n\" e:mustUnderstand=\"1\"/>")));

        using var answer = await PostAsync(server, Messages.Utf8(request), Messages.Type12);

        var fault = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(16, SoapEnvelope.Parse(fault).Headers.Count);
        Assert.True(fault.Length < request.Length);
    }

    [Fact]
    public async Task What_must_be_understood_and_is_not_comes_before_addressing_headers_that_contradict_each_other()
    {
        await using var server = await SoapServer.StartAsync();
        const string Addressing = "<a:To xmlns:a=\"http://www.w3.org/2005/08/addressing\">urn:to</a:To>";
        var version = SoapVersion.Soap12;
        const string Unknown = "<s:Security xmlns:s=\"urn:sec\" e:mustUnderstand=\"1\"/>";
        var unknown = Messages.Envelope("echo", "x", version, Addressing + Addressing + Unknown);
        using var answer = await PostAsync(server, Messages.Utf8(unknown), Messages.Type12);
        var envelope = SoapEnvelope.Parse(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(SoapFaultCode.MustUnderstand, SoapFault.From(envelope)!.Code);
        Assert.Equal(version.Namespace() + "NotUnderstood", Assert.Single(envelope.Headers).Name);
        using var contradicting = await PostAsync(
            server, Messages.Utf8(Messages.Envelope("echo", "x", version, Addressing + Addressing)), Messages.Type12);
        Assert.Equal(HttpStatusCode.BadRequest, contradicting.StatusCode);
        Assert.Empty(server.Operations.Calls);
    }

    [Fact]
    public async Task Other_methods_than_POST_are_refused_with_those_allowed()
    {
        await using var server = await SoapServer.StartAsync();
        using var put = await server.Http.PutAsync(server.Address, Typed([1], Messages.Type11));
        using var get = await server.Http.GetAsync(server.Address);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, put.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Contains("POST", put.Content.Headers.Allow);
    }

    [Fact]
    public async Task The_sender_reads_an_attachment_of_the_answer()
    {
        await using var server = await SoapServer.StartAsync();
        var sender = new SoapSender(server.Http);
        await using var response = await sender.SendAsync(server.Address, new SoapRequest
        {
            Body = writer => TestOperations.Write(writer, "fetch", ""),
        }, CancellationToken.None);
        Assert.True(response.IsSuccess);
        using var reader = response.Envelope!.ReadBody();
        var attachment = await response.Attachments.FindAsync(reader.ReadElementContentAsString(), CancellationToken.None);
        using var text = new StreamReader(attachment!.Body.AsStream());
        Assert.Equal("1,2,3", await text.ReadToEndAsync());
        await response.Attachments.FinishAsync(CancellationToken.None);
    }

    static async Task<HttpResponseMessage> PostAsync(SoapServer server, byte[] body, string contentType) =>
        await server.Http.PostAsync(server.Address, Typed(body, contentType));

    static ByteArrayContent Typed(byte[] body, string contentType) =>
        new(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
}
