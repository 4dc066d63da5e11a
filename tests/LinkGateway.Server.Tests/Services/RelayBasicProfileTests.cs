using System.Text;
using System.Xml.Linq;
using LinkGateway.Testing.Http;
using static LinkGateway.Server.Tests.Services.RelayProfileWorld;
using static LinkGateway.Server.Tests.Services.RelayWorld;

namespace LinkGateway.Server.Tests.Services;

/// <summary>
/// The rules of WS-I Basic Profile 1.1 that a relay can break, each by its number: what passes stays as it was sent, and what the gateway
/// answers itself keeps the rules.
/// </summary>
public sealed class RelayBasicProfileTests(RelayProfileWorld world) : IClassFixture<RelayProfileWorld>, IDisposable
{
    static readonly XNamespace Soap = Soap11;

    /// <summary>Requests that the gateway itself answers, with the code of the fault.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "<not closed", "Client" },
        { "", "Client" },
        { Envelope(""), "Client" },
        { Envelope("<a xmlns='urn:a'/>"), "Client" },
        { Envelope("<GetResident/>"), "Client" },
        { "<!DOCTYPE a [<!ENTITY b 'c'>]>" + Request, "Client" },
        { "<?a b?>" + Request, "Client" },
        { Request.Replace("</e:Body>", "</e:Body><a/>", StringComparison.Ordinal), "Client" },
        { "<e:Envelope xmlns:e='urn:other'><e:Body/></e:Envelope>", "VersionMismatch" },
    };

    public void Dispose()
    {
        world.Answer = RawReceiver.Answer(Answer);
        world.Received();
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task R1000_R1001_a_fault_of_the_gateway_has_its_four_children_alone_in_order_and_unqualified(string request, string _)
    {
        var fault = FaultOf(await world.PostAsync(request));

        Assert.Equal(["faultcode", "faultstring", "faultactor", "detail"], fault.Elements().Select(child => child.Name.ToString()));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task R1004_R1031_R1126_a_fault_of_the_gateway_is_500_with_a_faultcode_without_dots(string request, string code)
    {
        var answer = await world.PostAsync(request);

        Assert.Equal(500, answer.Status);
        Assert.Equal(Soap + code, CodeOf(answer));
        Assert.StartsWith("LG-", answer["LinkGateway-Fault"], StringComparison.Ordinal);
        Assert.Empty(world.Received());
    }

    [Fact]
    public async Task R1004_R1031_R1126_a_receiver_that_answers_no_SOAP_is_a_Server_fault_without_dots()
    {
        world.Answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno"u8.ToArray();

        var answer = await world.PostAsync(Request);

        Assert.Equal(500, answer.Status);
        Assert.Equal(Soap + "Server", CodeOf(answer));
    }

    [Theory]
    [InlineData("<faultcode>e:Client.Authentication</faultcode><faultstring>x</faultstring>")]
    [InlineData(
        "<faultcode xmlns:o='urn:o'>o:any</faultcode><faultstring xml:lang='ja'>なし</faultstring><detail><a xmlns='urn:a'/></detail>")]
    [InlineData("<e:faultcode>e:Server</e:faultcode><e:faultstring/>")]
    public async Task R1000_R1001_R1004_R1031_a_fault_of_the_receiver_passes_as_it_is(string children)
    {
        var fault = Envelope($"<e:Fault>{children}</e:Fault>");
        world.Answer = RawReceiver.Answer(fault, "500 Internal Server Error");

        var answer = await world.PostAsync(Request);

        Assert.Equal((500, fault), (answer.Status, answer.Text));
        Assert.Null(answer["LinkGateway-Fault"]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task R1005_R1006_R1007_R1008_R1009_R1011_faults_of_the_gateway_have_nothing_that_an_envelope_may_not_have(
        string request, string _)
    {
        var document = XDocument.Parse((await world.PostAsync(request)).Text);

        Assert.Empty(document.Descendants().Attributes(Soap + "encodingStyle"));
        Assert.Null(document.DocumentType);
        Assert.Empty(document.DescendantNodes().OfType<XProcessingInstruction>());
        Assert.Equal(Soap + "Body", document.Root!.Elements().Last().Name);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16", false)]
    public async Task R1012_R1018_R4001_UTF_8_and_UTF_16_with_and_without_byte_order_mark_pass_unchanged(string charset, bool withMark)
    {
        var type = $"text/xml; charset={charset}";
        var (request, reply) = (BytesOf(Request, charset, withMark), BytesOf(Answer, charset, withMark));
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {reply.Length}\r\n\r\n";
        world.Answer = [.. Encoding.ASCII.GetBytes(head), .. reply];

        var answer = await world.PostAsync(request, type);

        Assert.Equal(200, answer.Status);
        Assert.Equal(type, answer["Content-Type"]);
        Assert.Equal(reply, answer.Body.ToArray());
        var passed = Assert.Single(world.Received());
        Assert.Equal(type, passed["Content-Type"]);
        Assert.Equal(request, passed.Body);
    }

    [Fact]
    public async Task R1012_R1018_faults_of_the_gateway_are_UTF_8_and_their_media_type_says_so()
    {
        var request = BytesOf("<a/>", "utf-16", withMark: true);

        var answer = await world.PostAsync(request, "text/xml; charset=utf-16", "Accept-Language: ja\r\n");

        Assert.Equal("text/xml; charset=utf-8", answer["Content-Type"]);
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        Assert.NotNull(XDocument.Parse(strict.GetString(answer.Body.Span)).Root);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("true")]
    public async Task R1013_R1015_blocks_that_must_be_understood_are_the_receivers_to_judge(string value)
    {
        var request = Request.Replace("<e:Body>",
            $"<e:Header><h xmlns='urn:h' e:mustUnderstand='{value}'/></e:Header><e:Body>", StringComparison.Ordinal);

        Assert.Equal(200, (await world.PostAsync(request)).Status);
        Assert.Equal(request, Assert.Single(world.Received()).Text);
    }

    [Fact]
    public async Task R1016_a_faultstring_of_the_gateway_tells_its_language()
    {
        var english = FaultOf(await world.PostAsync("<a/>", more: "Accept-Language: en\r\n")).Element("faultstring")!;
        var japanese = FaultOf(await world.PostAsync("<a/>", more: "Accept-Language: ja\r\n")).Element("faultstring")!;

        var language = XNamespace.Xml + "lang";
        Assert.Equal(("en", "ja"), ((string?)english.Attribute(language), (string?)japanese.Attribute(language)));
        Assert.NotEqual(english.Value, japanese.Value);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"urn:any\"")]
    [InlineData("\"http://linkgateway.example/services/resident/2026/GetResident\"")]
    [InlineData("urn:unquoted")]
    public async Task R1109_R2744_R2745_SOAPAction_passes_as_it_was_sent(string action)
    {
        Assert.Equal(200, (await world.PostAsync(Request, more: $"SOAPAction: {action}\r\n")).Status);

        Assert.Equal(action, Assert.Single(world.Received())["SOAPAction"]);
    }

    [Theory]
    [InlineData("; action=\"urn:any\"", "\"urn:any\"")]
    [InlineData("; action=urn", "\"urn\"")]
    [InlineData("", "\"\"")]
    public async Task R1109_R2744_R2745_SOAPAction_is_written_in_quotes_where_a_caller_of_SOAP_1_2_is_converted(
        string parameter, string action)
    {
        var request = Encoding.UTF8.GetBytes(Request.Replace(Soap11, Soap12, StringComparison.Ordinal));

        var answer = await world.PostAsync(
            request, $"application/soap+xml; charset=utf-8{parameter}", more: "", path: "/services/131016/ResidentLookup");

        Assert.Equal(200, answer.Status);
        Assert.Equal(action, Assert.Single(world.Received())["SOAPAction"]);
    }

    [Fact]
    public async Task R1111_R1124_a_successful_answer_with_an_envelope_is_200() =>
        Assert.Equal((200, Answer), await ToTextAsync(world.PostAsync(Request)));

    [Theory]
    [InlineData("202 Accepted", 202)]
    [InlineData("200 OK", 200)]
    public async Task R1112_R1124_a_successful_answer_without_an_envelope_passes_with_its_status(string status, int expected)
    {
        world.Answer = RawReceiver.Answer("", status, more: "");

        Assert.Equal((expected, ""), await ToTextAsync(world.PostAsync(Request)));
    }

    [Fact]
    public async Task R1112_R2714_a_one_way_message_is_answered_202_with_an_empty_body()
    {
        // A gateway of its own: the message is delivered later, and would come to the receiver of another test.
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var own = await StartAsync(receiver.Url);

        var answer = await own.PostAsync(Report, VacantHousePath);

        Assert.Equal((202, "0"), (answer.Status, answer["Content-Length"]));
        Assert.Null(answer["Content-Type"]);
    }

    [Theory]
    [InlineData("POST /services/142051/ResidentLookup HTTP/1.1\r\nBroken header\r\n")]
    [InlineData("POST /services/142051/ResidentLookup HTTP/1.1 extra\r\n")]
    public async Task R1113_R1125_a_malformed_HTTP_request_is_400(string head) => Assert.Equal(400, (await world.SendAsync(head)).Status);

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task R1114_R1125_R1132_another_method_than_POST_is_405_and_told_which_are_allowed(string method)
    {
        var answer = await world.SendAsync(
            $"{method} {ResidentPath} HTTP/1.1\r\nContent-Type: text/xml\r\n", Encoding.UTF8.GetBytes(Request));

        Assert.Equal(405, answer.Status);
        Assert.Contains("POST", answer["Allow"], StringComparison.Ordinal);
        Assert.Empty(world.Received());
    }

    [Theory]
    [InlineData("Content-Type: application/json\r\n")]
    [InlineData("Content-Type: multipart/form-data; boundary=b\r\n")]
    [InlineData("Content-Type: \r\n")]
    [InlineData("")]
    public async Task R1115_R1125_another_media_type_or_none_is_415(string header)
    {
        var answer = await world.SendAsync($"POST {ResidentPath} HTTP/1.1\r\n{header}", Encoding.UTF8.GetBytes(Request));

        Assert.Equal(415, answer.Status);
        Assert.Empty(world.Received());
    }

    [Theory]
    [InlineData("/services/142051/ResidentLookup/")]
    [InlineData("/Services/142051/ResidentLookup")]
    [InlineData("//services/142051/ResidentLookup")]
    [InlineData("/services/142051/residentlookup")]
    public async Task R1130_nothing_is_redirected_by_the_gateway(string path)
    {
        var answer = await world.PostAsync(Encoding.UTF8.GetBytes(Request), "text/xml", path: path);

        Assert.NotInRange(answer.Status, 300, 399);
    }

    [Theory]
    [InlineData("307 Temporary Redirect")]
    [InlineData("302 Found")]
    public async Task R1130_a_redirection_by_the_receiver_is_not_followed_and_does_not_tell_its_address(string status)
    {
        world.Answer = RawReceiver.Answer("", status, more: "Location: http://127.0.0.1:1/elsewhere\r\n");

        var answer = await world.PostAsync(Request);

        Assert.Equal(500, answer.Status);
        Assert.Equal(Soap + "Server", CodeOf(answer));
        Assert.DoesNotContain("elsewhere", answer.ToString(), StringComparison.Ordinal);
        Assert.Single(world.Received());
    }

    [Theory]
    [InlineData("HTTP/1.1", "Content-Length")]
    [InlineData("HTTP/1.0", "Content-Length")]
    [InlineData("HTTP/1.0", "Transfer-Encoding")]
    public async Task R1140_R1141_callers_of_HTTP_1_1_and_1_0_are_served_whatever_the_receiver_answers_in(string version, string framing)
    {
        var length = Encoding.UTF8.GetByteCount(Answer);
        if (framing == "Transfer-Encoding")
            world.Answer = Encoding.UTF8.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{Answer}\r\n0\r\n\r\n");

        var answer = await world.SendAsync(
            $"POST {ResidentPath} {version}\r\nContent-Type: text/xml\r\nSOAPAction: \"\"\r\n", Encoding.UTF8.GetBytes(Request));

        Assert.Equal((200, Answer), (answer.Status, answer.Text));
        if (version == "HTTP/1.0") Assert.Null(answer["Transfer-Encoding"]);
        Assert.Contains("HTTP/1.1\r\n", Assert.Single(world.Received()).Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R2712_two_children_of_Body_are_refused()
    {
        var answer = await world.PostAsync(Envelope($"<GetResident xmlns='{Resident}'/><GetResident xmlns='{Resident}'/>"));

        Assert.Equal(Soap + "Client", CodeOf(answer));
        Assert.Contains("R2712", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetResidentResponse", Resident)]
    [InlineData("GetHouse", Resident)]
    [InlineData("GetResident", "urn:other")]
    public async Task R2724_what_is_no_operation_of_the_WSDL_is_a_Client_fault(string element, string ns) =>
        Assert.Equal(Soap + "Client", CodeOf(await world.PostAsync(Envelope($"<{element} xmlns='{ns}'/>"))));

    [Theory]
    [InlineData("urn:other", "VersionMismatch")]
    [InlineData(Soap11, "Client")]
    public async Task R2725_the_version_is_judged_before_the_payload(string soap, string code) =>
        Assert.Equal(Soap + code, CodeOf(await world.PostAsync(
            Envelope("<NoSuchOperation/>", "<h xmlns='urn:h' e:mustUnderstand='1'/>", soap))));

    [Fact]
    public async Task R2725_a_MustUnderstand_of_the_receiver_comes_back_as_it_is()
    {
        var fault = Envelope("<e:Fault><faultcode>e:MustUnderstand</faultcode><faultstring>h</faultstring></e:Fault>");
        world.Answer = RawReceiver.Answer(fault, "500 Internal Server Error");

        Assert.Equal((500, fault), await ToTextAsync(world.PostAsync(Request)));
    }

    /// <summary>The code of the fault of an answer, resolved.</summary>
    static XName CodeOf(RawAnswer answer)
    {
        var code = FaultOf(answer).Element("faultcode")!;
        var parts = code.Value.Split(':');
        return code.GetNamespaceOfPrefix(parts[0])! + parts[1];
    }

    static async Task<(int Status, string Text)> ToTextAsync(Task<RawAnswer> call)
    {
        var answer = await call;
        return (answer.Status, answer.Text);
    }

    static byte[] BytesOf(string text, string charset, bool withMark)
    {
        var encoding = Encoding.GetEncoding(charset);
        return [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
    }
}
