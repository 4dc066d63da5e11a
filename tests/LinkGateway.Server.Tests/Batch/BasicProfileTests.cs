using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using LinkGateway.Client.Batch;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;
using static LinkGateway.Server.Tests.Batch.ProfileGateway;

namespace LinkGateway.Server.Tests.Batch;

/// <summary>The rules of WS-I Basic Profile 1.1 for messages and HTTP, each by its number, on the batch service.</summary>
public sealed class BasicProfileTests(ProfileGateway gateway) : IClassFixture<ProfileGateway>
{
    static readonly XNamespace Soap = Soap11;

    /// <summary>Requests by what is wrong with them, with the code of the fault that answers each.</summary>
    public static TheoryData<string, string> Faulty => new()
    {
        { Failure, "Client" },
        { "<not closed", "Client" },
        { "", "Client" },
        { Envelope("<a/>"), "Client" },
        { Envelope(""), "Client" },
        { "<e:Envelope xmlns:e='urn:other'><e:Body/></e:Envelope>", "VersionMismatch" },
        { Envelope("<a/>", "<h xmlns='urn:h' e:mustUnderstand='1'/>"), "MustUnderstand" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task R1000_R1001_a_fault_has_its_four_children_alone_in_order_and_unqualified(string request, string _)
    {
        var fault = FaultOf(await gateway.PostAsync(request));

        var known = new XName[] { "faultcode", "faultstring", "faultactor", "detail" };
        var children = fault.Elements().Select(child => child.Name).ToArray();
        Assert.Equal(known.Where(children.Contains), children);
        Assert.Contains("faultcode", children);
        Assert.Contains("faultstring", children);
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task R1004_R1031_a_faultcode_is_one_of_SOAP_1_1_without_dots(string request, string code) =>
        Assert.Equal(Soap + code, CodeOf(await gateway.PostAsync(request)));

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task R1005_R1006_R1007_answers_have_no_encodingStyle(string request, string _)
    {
        foreach (var answer in new[] { await gateway.PostAsync(request), await gateway.PostAsync(Success) })
            Assert.Empty(XDocument.Parse(answer.Text).Descendants().Attributes(Soap + "encodingStyle"));
    }

    [Fact]
    public async Task R1008_a_document_type_declaration_is_refused()
    {
        var answer = await gateway.PostAsync("<!DOCTYPE a [<!ENTITY b 'c'>]>" + Success);

        IsRefused(answer, "R1008");
    }

    [Theory]
    [InlineData("<?a b?>{0}")]
    [InlineData("{0}<?a b?>")]
    public async Task R1009_a_processing_instruction_is_refused(string form) =>
        IsRefused(await gateway.PostAsync(form.Replace("{0}", Success, StringComparison.Ordinal)), "R1009");

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task R1008_R1009_R1011_answers_have_no_document_type_no_instruction_and_nothing_after_Body(string request, string _)
    {
        foreach (var answer in new[] { await gateway.PostAsync(request), await gateway.PostAsync(Success) })
        {
            var document = XDocument.Parse(answer.Text);
            Assert.Null(document.DocumentType);
            Assert.Empty(document.DescendantNodes().OfType<XProcessingInstruction>());
            Assert.Equal(Soap + "Body", document.Root!.Elements().Last().Name);
        }
    }

    [Fact]
    public async Task R1011_an_element_after_Body_is_refused() =>
        IsRefused(await gateway.PostAsync(Success.Replace("</e:Body>", "</e:Body><a/>", StringComparison.Ordinal)), "R1011");

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task R1012_UTF_8_and_UTF_16_are_read(string charset)
    {
        var bytes = Encoding.GetEncoding(charset).GetBytes(Success);

        Assert.Equal(200, (await gateway.PostAsync(bytes, $"text/xml; charset={charset}")).Status);
    }

    [Theory]
    [InlineData("Shift_JIS")]
    [InlineData("EUC-JP")]
    public async Task R1012_other_encodings_are_refused_by_name(string charset) =>
        IsRefused(await gateway.PostAsync(Success, $"text/xml; charset={charset}"), charset);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task R4001_a_byte_order_mark_is_accepted(string charset)
    {
        var encoding = Encoding.GetEncoding(charset);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Success)];

        Assert.Equal(200, (await gateway.PostAsync(bytes, $"text/xml; charset={charset}")).Status);
        Assert.Equal(200, (await gateway.PostAsync(bytes, "text/xml")).Status);
    }

    [Fact]
    public async Task R1012_R1018_answers_are_UTF_8_and_their_media_type_says_so()
    {
        RawAnswer[] answers =
        [
            await gateway.PostAsync(Success),
            await gateway.PostAsync(Failure, more: "Accept-Language: ja\r\n"),
            await gateway.PostAsync(Failure, more: "Accept-Charset: utf-16\r\n"),
        ];
        foreach (var answer in answers)
        {
            Assert.Equal("text/xml; charset=utf-8", answer["Content-Type"]);
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            XDocument.Parse(strict.GetString(answer.Body.Span));
        }
    }

    [Theory]
    [InlineData("1", "MustUnderstand")]
    [InlineData("0", null)]
    [InlineData("true", "MustUnderstand")]
    [InlineData("yes", "Client")]
    public async Task R1013_mustUnderstand_is_0_or_1_a_boolean_of_SOAP_1_2_is_read_as_well(string value, string? code)
    {
        var header = $"<h xmlns='urn:h' e:mustUnderstand='{value}'/>";
        var answer = await gateway.PostAsync(
            Success.Replace("<e:Body>", $"<e:Header>{header}</e:Header><e:Body>", StringComparison.Ordinal));

        if (code is null)
            Assert.Equal(200, answer.Status);
        else
            Assert.Equal(Soap + code, CodeOf(answer));
    }

    [Fact]
    public async Task R1014_children_of_Body_are_qualified_in_answers_and_must_be_in_requests()
    {
        var answered = BodyOf(await gateway.PostAsync(Success));

        Assert.Equal(XName.Get("GetReceiptsSinceResponse", Ours), Assert.Single(answered.Elements()).Name);
        IsRefused(await gateway.PostAsync(Envelope("<GetReceiptsSince/>")), "GetReceiptsSince");
    }

    [Fact]
    public async Task R1016_a_faultstring_tells_its_language()
    {
        foreach (var language in new[] { "en", "ja" })
        {
            var text = FaultOf(await gateway.PostAsync(Failure, more: $"Accept-Language: {language}\r\n")).Element("faultstring")!;
            Assert.Equal(language, text.Attribute(XNamespace.Xml + "lang")?.Value);
        }
    }

    [Theory]
    [InlineData("SOAPAction: \"http://linkgateway.example/batch/2026/GetReceiptsSince\"\r\n")]
    [InlineData("SOAPAction: \"\"\r\n")]
    [InlineData("SOAPAction: http://linkgateway.example/batch/2026/GetReceiptsSince\r\n")]
    [InlineData("SOAPAction: \"urn:wrong\"\r\n")]
    [InlineData("SOAPAction:\r\n")]
    [InlineData("")]
    public async Task R1109_R2744_R2745_any_SOAPAction_or_none_is_accepted_since_the_body_names_the_operation(string header) =>
        Assert.Equal(200, (await gateway.PostAsync(Success, more: header)).Status);

    [Fact]
    public async Task R1109_R2744_our_own_client_sends_the_quoted_SOAPAction_of_the_WSDL()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = new HttpClient();
        using var stop = new CancellationTokenSource();
        var call = new BatchClient(http, new Uri($"http://{listener.LocalEndpoint}/batch"))
            .GetTransferStatusAsync(Files.Status("t1"), stop.Token).AsTask();
        using var connection = await listener.AcceptTcpClientAsync();
        using var head = new StreamReader(connection.GetStream());
        string? line;
        do
        {
            line = await head.ReadLineAsync();
        }
        while (line?.StartsWith("SOAPAction:", StringComparison.Ordinal) == false);

        Assert.Equal($"SOAPAction: \"{Ours}/GetTransferStatus\"", line);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task R1111_R1124_a_successful_answer_with_an_envelope_is_200()
    {
        Assert.Equal(200, (await gateway.PostAsync(Success)).Status);
        Assert.Equal(200, (await gateway.PostAsync(
            Success.Replace(Soap11, Soap12, StringComparison.Ordinal), "application/soap+xml")).Status);
    }

    [Theory]
    [InlineData("POST /batch HTTP/1.1\r\nBroken header\r\n")]
    [InlineData("POST /batch HTTP/1.1 extra\r\n")]
    [InlineData("POST /batch HTTP/1.1\r\nContent-Length: x\r\n")]
    public async Task R1113_R1125_a_malformed_HTTP_request_is_400(string head) =>
        Assert.Equal(400, (await gateway.SendAsync(head)).Status);

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task R1114_R1132_R1125_another_method_than_POST_is_405_and_told_which_are_allowed(string method)
    {
        var answer = await gateway.SendAsync($"{method} /batch HTTP/1.1\r\nContent-Type: text/xml\r\n", Encoding.UTF8.GetBytes(Success));

        Assert.Equal(405, answer.Status);
        Assert.Contains("POST", answer["Allow"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Type: application/json\r\n")]
    [InlineData("Content-Type: text/plain\r\n")]
    [InlineData("Content-Type: multipart/form-data; boundary=b\r\n")]
    [InlineData("Content-Type: \r\n")]
    [InlineData("")]
    public async Task R1115_R1125_another_media_type_or_none_is_415(string header) =>
        Assert.Equal(415, (await gateway.SendAsync($"POST /batch HTTP/1.1\r\n{header}", Encoding.UTF8.GetBytes(Success))).Status);

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task R1126_a_fault_is_500(string request, string _) => Assert.Equal(500, (await gateway.PostAsync(request)).Status);

    [Theory]
    [InlineData("/batch/")]
    [InlineData("/Batch")]
    [InlineData("/")]
    [InlineData("//batch")]
    public async Task R1130_nothing_is_ever_redirected(string path)
    {
        var answer = await gateway.SendAsync($"POST {path} HTTP/1.1\r\nContent-Type: text/xml\r\n", Encoding.UTF8.GetBytes(Success));

        Assert.NotInRange(answer.Status, 300, 399);
    }

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/1.0")]
    public async Task R1140_R1141_HTTP_1_1_and_1_0_are_spoken(string version)
    {
        var answer = await gateway.SendAsync($"POST /batch {version}\r\nContent-Type: text/xml\r\n", Encoding.UTF8.GetBytes(Success));

        Assert.Equal(200, answer.Status);
        Assert.NotNull(answer["Content-Length"]);
        Assert.Equal("GetReceiptsSinceResponse", BodyOf(answer).Elements().Single().Name.LocalName);
    }

    [Fact]
    public async Task R2712_the_body_of_an_answer_is_the_one_global_element_of_the_schema_and_that_of_a_request_must_be()
    {
        var schema = XDocument.Parse((await gateway.SendAsync("GET /batch?xsd=batch-types.xsd HTTP/1.1\r\n")).Text);
        var answered = Assert.Single(BodyOf(await gateway.PostAsync(Success)).Elements());

        Assert.Equal(schema.Root!.Attribute("targetNamespace")!.Value, answered.Name.NamespaceName);
        Assert.Contains(schema.Root!.Elements(), element =>
            element.Name.LocalName == "element" && element.Attribute("name")!.Value == answered.Name.LocalName);
        IsRefused(await gateway.PostAsync(Envelope($"<GetReceiptsSince xmlns='{Ours}'/><GetReceiptsSince xmlns='{Ours}'/>")), "R2712");
    }

    [Theory]
    [InlineData("<GetTransferStatus xmlns='B'><color/></GetTransferStatus>")]
    [InlineData("<GetTransferStatus xmlns='urn:other'/>")]
    [InlineData("<NoSuchOperation xmlns='B'/>")]
    [InlineData("<GetReceiptsSince xmlns='B'><max>many</max></GetReceiptsSince>")]
    [InlineData("<GetReceiptsSinceResponse xmlns='B'/>")]
    [InlineData("<PutChunk xmlns='B'/>")]
    public async Task R2724_what_is_not_as_the_WSDL_says_is_a_Client_fault(string body)
    {
        var answer = await gateway.PostAsync(Envelope(body.Replace("'B'", $"'{Ours}'", StringComparison.Ordinal)));

        Assert.Equal(500, answer.Status);
        Assert.Equal(Soap + "Client", CodeOf(answer));
    }

    [Theory]
    [InlineData("urn:other", "1", "VersionMismatch")]
    [InlineData(Soap11, "1", "MustUnderstand")]
    [InlineData(Soap11, "0", "Client")]
    public async Task R2725_the_version_is_judged_first_then_mustUnderstand_then_the_payload(
        string soap, string mustUnderstand, string code)
    {
        var answer = await gateway.PostAsync(
            Envelope("<NoSuchOperation/>", $"<h xmlns='urn:h' e:mustUnderstand='{mustUnderstand}'/>", soap));

        Assert.Equal(Soap + code, CodeOf(answer));
    }

    static void IsRefused(RawAnswer answer, string names)
    {
        Assert.Equal(500, answer.Status);
        Assert.Equal(Soap + "Client", CodeOf(answer));
        Assert.Contains(names, FaultOf(answer).Element("faultstring")!.Value, StringComparison.Ordinal);
    }
}
