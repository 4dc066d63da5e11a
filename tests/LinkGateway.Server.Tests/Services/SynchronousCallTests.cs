using System.Text;
using System.Text.Json.Nodes;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Http;
using static LinkGateway.Server.Tests.Services.RelayWorld;

namespace LinkGateway.Server.Tests.Services;

/// <summary>Calls through a gateway, seen byte for byte from both sides.</summary>
public sealed class SynchronousCallTests
{
    [Fact]
    public async Task A_call_reaches_its_receiver_and_the_answer_its_caller_unchanged()
    {
        await using var receiver = RawReceiver.Answering(Answer, more: "Content-Type: text/xml;charset=\"utf-8\"\r\nX-Of-Receiver: 1\r\n");
        await using var world = await StartAsync(receiver.Url);

        var answer = await world.PostAsync(Request, more: "SOAPAction: \"urn:any\"\r\nX-Of-Caller: 1\r\nUser-Agent: axis\r\n",
            contentType: "text/xml ;charset=UTF-8");

        Assert.Equal(200, answer.Status);
        Assert.Equal(Answer, answer.Text);
        Assert.Equal("text/xml;charset=\"utf-8\"", answer["Content-Type"]);
        Assert.Equal("1", answer["X-Of-Receiver"]);
        var passed = Assert.Single(receiver.Requests);
        Assert.Equal(Request, passed.Text);
        Assert.Equal("text/xml ;charset=UTF-8", passed["Content-Type"]);
        Assert.Equal("\"urn:any\"", passed["SOAPAction"]);
        Assert.Equal("1", passed["X-Of-Caller"]);
        Assert.Equal("axis", passed["User-Agent"]);
        Assert.Equal("kaoku", passed["LinkGateway-Origin"]);
    }

    [Fact]
    public async Task Credentials_cookies_and_headers_of_the_connection_stay_at_the_gateway()
    {
        await using var receiver = RawReceiver.Answering(Answer,
            more: "Content-Type: text/xml\r\nSet-Cookie: a=b\r\nConnection: X-Of-Connection\r\nX-Of-Connection: 1\r\nKeep-Alive: 5\r\n");
        await using var world = await StartAsync(receiver.Url);

        var answer = await world.PostAsync(Request,
            more: "SOAPAction: \"\"\r\nCookie: c=d\r\nConnection: X-Hop\r\nX-Hop: 1\r\nLinkGateway-Origin: koseki\r\nTE: trailers\r\n");

        Assert.Equal(200, answer.Status);
        var passed = Assert.Single(receiver.Requests);
        foreach (var name in new[] { "Authorization", "Cookie", "X-Hop", "TE", "Keep-Alive" })
            Assert.Null(passed[name]);
        Assert.Equal("kaoku", passed["LinkGateway-Origin"]);
        Assert.Null(answer["Set-Cookie"]);
        Assert.Null(answer["X-Of-Connection"]);
    }

    [Fact]
    public async Task The_receivers_fault_and_status_come_back_as_they_are()
    {
        var fault = Envelope("<e:Fault><faultcode>e:Server.dotted</faultcode><faultstring>no such resident</faultstring></e:Fault>");
        await using var receiver = RawReceiver.Answering(fault, "500 Internal Server Error");
        await using var world = await StartAsync(receiver.Url);

        var answer = await world.PostAsync(Request);

        Assert.Equal(500, answer.Status);
        Assert.Equal(fault, answer.Text);
        Assert.Null(CodeOf(answer));
    }

    [Fact]
    public async Task Attachments_pass_in_both_directions_with_their_headers_untouched()
    {
        var request = Multipart(Request, "content-TYPE: image/jpeg\nX-Odd :  folded\n\tvalue\nContent-ID: <a>\n\nbytes\0of a photo\n");
        var reply = Multipart(Answer, "Content-Type: application/pdf\r\n\r\n%PDF\r\n");
        await using var receiver = RawReceiver.Answering(reply,
            more: "Content-Type: multipart/related; boundary=\"b\"; type=\"text/xml\"\r\n");
        await using var world = await StartAsync(receiver.Url);

        var answer = await world.PostAsync(request, contentType: "multipart/related; type=\"text/xml\"; boundary=b");

        Assert.Equal(reply, answer.Text);
        Assert.Equal(request, Assert.Single(receiver.Requests).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_attachments_stream_through_with_and_without_a_length(bool lengthKnown)
    {
        var photo = new byte[24_000_000];
        new Random(4).NextBytes(photo);
        var body = Framed(Request, photo);
        var reply = Framed(Answer, photo);
        var head = "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=b; type=\"text/xml\"\r\n"
            + (lengthKnown ? $"Content-Length: {reply.Length}\r\n\r\n" : $"Transfer-Encoding: chunked\r\n\r\n{reply.Length:x}\r\n");
        await using var receiver = new RawReceiver(_ =>
            [.. Encoding.ASCII.GetBytes(head), .. reply, .. lengthKnown ? [] : "\r\n0\r\n\r\n"u8.ToArray()]);
        await using var world = await StartAsync(receiver.Url);
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Gateway.PlainAddress, ResidentPath));
        request.Content = new StreamContent(new MemoryStream(body));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/related; boundary=b; type=\"text/xml\"");
        request.Headers.TryAddWithoutValidation("Authorization", BasicOf("kaoku")["Authorization: ".Length..].Trim());
        request.Headers.TransferEncodingChunked = !lengthKnown;

        using var answer = await http.SendAsync(request);

        Assert.Equal(reply, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(!lengthKnown, answer.Headers.TransferEncodingChunked == true);
        var passed = Assert.Single(receiver.Requests);
        Assert.Equal(body, passed.Body);
        Assert.Equal(lengthKnown, passed["Content-Length"] is not null);

        static byte[] Framed(string envelope, byte[] photo) =>
        [
            .. Encoding.UTF8.GetBytes($"--b\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n{envelope}\r\n--b\r\n\r\n"),
            .. photo,
            .. "\r\n--b--\r\n"u8,
        ];
    }

    [Theory]
    [InlineData("/services/142052/ResidentLookup", "LG-1003")]
    [InlineData("/services/14205x/ResidentLookup", "LG-1003")]
    [InlineData("/services/131016/ResidentLookup", "LG-3002")]
    [InlineData("/services/142051/Nothing", "LG-3002")]
    public async Task An_address_that_names_no_route_is_refused(string path, string code)
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url);

        var answer = await world.PostAsync(Request, path);

        Assert.Equal(500, answer.Status);
        Assert.Equal(code, CodeOf(answer));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Five_digits_of_an_organisation_code_are_completed()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url);

        Assert.Equal(200, (await world.PostAsync(Request, "/services/14205/ResidentLookup")).Status);
    }

    [Fact]
    public async Task Whom_no_route_names_may_not_call_and_who_is_not_known_is_not_heard()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url);

        var other = await world.PostAsync(Request, credentials: BasicOf("koseki"));
        var stranger = await world.PostAsync(Request, credentials: "");

        Assert.Equal("LG-3002", CodeOf(other));
        Assert.Equal(401, stranger.Status);
        Assert.Equal("LG-3005", CodeOf(stranger));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_request_for_no_operation_of_the_contract_is_refused()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url);

        var answer = await world.PostAsync(Envelope("<x xmlns=\"urn:x\"/>"));

        Assert.Equal("LG-1009", CodeOf(answer));
        Assert.Contains("Client", answer.Text, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task SOAP_1_2_callers_read_faults_of_SOAP_1_2()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url);

        var answer = await world.PostAsync(Envelope("<x xmlns=\"urn:x\"/>", soap: Soap12), more: "", contentType: "application/soap+xml");

        Assert.Equal(400, answer.Status);
        Assert.Equal("LG-1009", CodeOf(answer));
        Assert.Contains(Soap12, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Soap11", "Soap12")]
    [InlineData("Soap12", "Soap11")]
    public async Task A_receiver_of_the_other_version_is_spoken_to_in_its_own(string caller, string receiverSpeaks)
    {
        var (from, to) = (NamespaceOf(caller), NamespaceOf(receiverSpeaks));
        await using var receiver = RawReceiver.Answering(Answer.Replace(Soap11, to, StringComparison.Ordinal),
            more: $"Content-Type: {TypeOf(to)}; charset=utf-8\r\n");
        await using var world = await StartAsync(receiver.Url, json => json["destinations"]![1]!["soap"] = receiverSpeaks switch
        {
            "Soap11" => "soap11",
            _ => "soap12",
        });

        var answer = await world.PostAsync(Request.Replace(Soap11, from, StringComparison.Ordinal),
            more: from == Soap11 ? "SOAPAction: \"urn:act\"\r\n" : "",
            contentType: from == Soap11 ? "text/xml; charset=utf-8" : "application/soap+xml; charset=utf-8; action=\"urn:act\"");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith(TypeOf(from), answer["Content-Type"], StringComparison.Ordinal);
        Assert.Contains(from, answer.Text, StringComparison.Ordinal);
        Assert.Contains("藤沢 太郎", answer.Text, StringComparison.Ordinal);
        var passed = Assert.Single(receiver.Requests);
        Assert.StartsWith(TypeOf(to), passed["Content-Type"], StringComparison.Ordinal);
        Assert.Contains(to, passed.Text, StringComparison.Ordinal);
        if (to == Soap11)
            Assert.Equal("\"urn:act\"", passed["SOAPAction"]);
        else
            Assert.Contains("action=\"urn:act\"", passed["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(to == Soap11, passed["SOAPAction"] is not null);
    }

    [Fact]
    public async Task A_signed_answer_is_not_broken_by_conversion_but_refused()
    {
        var signed = Answer.Replace(Soap11, Soap12, StringComparison.Ordinal).Replace("<e:Body>",
            "<e:Header><s:Security xmlns:s=\"urn:s\"><d:Signature xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"><d:SignedInfo>"
            + "<d:Reference URI=\"\"/></d:SignedInfo></d:Signature></s:Security></e:Header><e:Body>", StringComparison.Ordinal);
        await using var receiver = RawReceiver.Answering(signed, more: "Content-Type: application/soap+xml; charset=utf-8\r\n");
        await using var world = await StartAsync(receiver.Url, json => json["destinations"]![1]!["soap"] = "soap12");

        Assert.Equal("LG-6011", CodeOf(await world.PostAsync(Request)));
    }

    [Fact]
    public async Task A_signed_call_does_not_suffer_from_an_alternate_that_could_not_take_it()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json =>
        {
            Add(json, "destinations", $$"""{ "id": "juki-2", "kind": "service", "url": "{{receiver.Url}}", "soap": "soap12" }""");
            json["routes"]![1]!["alternates"] = new JsonArray("juki-2");
        });
        var signed = Request.Replace("<e:Body>", "<e:Header><d:Signature xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"><d:SignedInfo>"
            + "<d:Reference URI=\"\"/></d:SignedInfo></d:Signature></e:Header><e:Body>", StringComparison.Ordinal);

        Assert.Equal(Answer, (await world.PostAsync(signed)).Text);
        Assert.Equal(signed, Assert.Single(receiver.Requests).Text);
    }

    [Fact]
    public async Task The_public_address_of_the_gateway_stands_in_its_contracts_and_faults()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json => json["gateway"]!["publicUrl"] = "https://gw.lg.example:8443");

        var address = $"https://gw.lg.example:8443{ResidentPath}";
        Assert.Contains(address, (await world.GetAsync(ResidentPath + "?wsdl")).Text, StringComparison.Ordinal);
        Assert.Contains(address, (await world.PostAsync("<x/>")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contract_is_served_with_the_address_at_which_it_was_asked_for_to_those_who_may_call()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url);

        var wsdl = await world.GetAsync(ResidentPath + "?wsdl");

        Assert.Equal(200, wsdl.Status);
        Assert.Contains($"location=\"http://gw.example{ResidentPath}\"", wsdl.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await world.GetAsync(ResidentPath + "?wsdl=soap12")).Status);
        Assert.Equal(200, (await world.GetAsync(ResidentPath + "?xsd=resident-types.xsd")).Status);
        Assert.Equal(404, (await world.GetAsync(ResidentPath + "?wsdl", BasicOf("koseki"))).Status);
        Assert.Equal(401, (await world.GetAsync(ResidentPath + "?wsdl", "")).Status);
    }

    [Fact]
    public async Task An_open_catalogue_is_served_to_everybody()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json => json["catalogue"]!["open"] = true);

        Assert.Equal(200, (await world.GetAsync(ResidentPath + "?wsdl", "")).Status);
        Assert.Equal(401, (await world.PostAsync(Request, credentials: "")).Status);
    }

    [Fact]
    public async Task The_message_id_is_that_of_the_sender_or_made_and_the_same_everywhere()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url);
        var withId = Request.Replace("<e:Body>",
            "<e:Header><w:MessageID xmlns:w=\"http://www.w3.org/2005/08/addressing\">urn:m:1</w:MessageID>"
            + "</e:Header><e:Body>", StringComparison.Ordinal);

        var stated = await world.PostAsync(withId);
        var made = await world.PostAsync(Request);

        Assert.Equal("urn:m:1", stated["LinkGateway-Message-Id"]);
        Assert.Equal("urn:m:1", receiver.Requests[0]["LinkGateway-Message-Id"]);
        Assert.StartsWith("urn:uuid:", made["LinkGateway-Message-Id"], StringComparison.Ordinal);
        Assert.Equal(made["LinkGateway-Message-Id"], receiver.Requests[1]["LinkGateway-Message-Id"]);
    }

    [Fact]
    public async Task A_message_id_with_line_ends_passes_in_its_message_and_nowhere_else()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url);
        var odd = Request.Replace("<e:Body>",
            "<e:Header><w:MessageID xmlns:w=\"http://www.w3.org/2005/08/addressing\">a\r\nX-Evil: 1</w:MessageID>"
            + "</e:Header><e:Body>", StringComparison.Ordinal);

        var answer = await world.PostAsync(odd);

        Assert.Equal(Answer, answer.Text);
        Assert.Null(answer["X-Evil"]);
        Assert.Equal(odd, Assert.Single(receiver.Requests).Text);
        Assert.StartsWith("urn:uuid:", receiver.Requests[0]["LinkGateway-Message-Id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contract_that_is_dropped_in_is_served_after_a_reload_without_a_restart()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        var folder = Directory.CreateTempSubdirectory("linkgateway-catalogue-").FullName;
        try
        {
            await using var world = await StartAsync(receiver.Url, json => json["catalogue"]!["folder"] = folder);
            Assert.Equal("LG-5004", CodeOf(await world.PostAsync(Request)));

            foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "wsdl", "examples"), "resident*"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            File.Copy(Path.Combine(Repository.Root, "wsdl", "examples", "swaref.xsd"), Path.Combine(folder, "swaref.xsd"));
            Assert.Empty(world.Gateway.Host.Reload().Errors);

            Assert.Equal(200, (await world.PostAsync(Request)).Status);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Each_call_is_recorded_and_nothing_of_its_content()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        string record;
        await using (var world = await StartAsync(receiver.Url))
        {
            await world.PostAsync(Request);
            await world.PostAsync(Envelope("<x xmlns=\"urn:x\"/>"));
            await world.Gateway.Host.DisposeAsync();
            // A file a day, and midnight may pass.
            record = string.Concat(
                Directory.GetFiles(Path.Combine(world.Gateway.Folder.Data, "calls"), "calls-*.jsonl").Select(File.ReadAllText));
        }

        var lines = record.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(2, lines.Length);
        // A call is recorded after its answer has gone, so the second may overtake the first.
        var answered = lines.Single(line => (string?)line["outcome"] == "answered");
        Assert.Equal("kaoku", (string?)answered["origin"]);
        Assert.Equal("juki", (string?)answered["receiver"]);
        Assert.Equal("GetResident", (string?)answered["operation"]);
        Assert.Equal(Encoding.UTF8.GetByteCount(Request), (long?)answered["requestBytes"]);
        Assert.Equal(Encoding.UTF8.GetByteCount(Answer), (long?)answered["responseBytes"]);
        foreach (var time in new[] { "receivedAt", "sentAt", "answerBegunAt", "endedAt" })
            Assert.NotNull(answered[time]);
        Assert.Equal("LG-1009", (string?)lines.Single(line => (string?)line["outcome"] == "refusedSender")["faultCode"]);
        Assert.DoesNotContain("000000000000123", record, StringComparison.Ordinal);
    }

    static string Multipart(string envelope, string part) =>
        $"--b\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <root>\r\n\r\n{envelope}\r\n--b\r\n{part}\r\n--b--\r\n";

    static string NamespaceOf(string version) => version == "Soap11" ? Soap11 : Soap12;

    static string TypeOf(string soap) => soap == Soap11 ? "text/xml" : "application/soap+xml";
}
