using System.Text;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Wire;
using LinkGateway.Testing.Http;
using static LinkGateway.Server.Tests.Receivers.ReceiverWorld;

namespace LinkGateway.Server.Tests.Receivers;

/// <summary>
/// Receivers over bare sockets that answer garbage, die, keep silent or read half: what may have stored the file leaves it in doubt, what
/// certainly did not is tried again, and nothing is ever taken for a delivery that is none.
/// </summary>
public sealed class MisbehavingReceiverTests
{
    const string Xml = "Content-Type: text/xml\r\n";
    const string Late = "01:00:00";

    static readonly byte[] File = Bytes(100_000);

    /// <summary>Whole answers that leave open what was done; an empty one closes the connection.</summary>
    public static TheoryData<string> Open =>
    [
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>",
        "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 Error\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        $"HTTP/1.1 200 OK\r\n{Xml}Content-Length: 5\r\n\r\n<half",
        $"HTTP/1.1 200 OK\r\n{Xml}Content-Length: 500\r\n\r\n<e:Envelope xmlns:e='{Soap11}'>",
        $"HTTP/1.1 200 OK\r\n{Xml}Content-Length: 30\r\n\r\n<!DOCTYPE a [<!ENTITY b 'c'>]>",
        Whole("<a xmlns='urn:other'/>"),
        Whole($"<r:SubmitFileResponse xmlns:r='{ReceiverNames.Namespace}'/>"),
        Whole($"<SubmitFileResponse xmlns='{ReceiverNames.Namespace}'><result><outcome>OK</outcome></result></SubmitFileResponse>"),
        Whole("<e:Fault><faultcode>e:Server</faultcode><faultstring>java.lang.NullPointerException</faultstring></e:Fault>", 500),
    ];

    /// <summary>Whole answers that prove that nothing was stored, and pass.</summary>
    public static TheoryData<string> Certain =>
    [
        "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(Open))]
    public async Task An_answer_that_is_none_leaves_the_file_in_doubt(string answer)
    {
        await using var receiver = Answering(answer);
        await using var world = await StartAsync(receiver.Url, destination => destination["offersStatus"] = true, Late);

        Assert.Equal(("InDoubt", "LG-6010"), StateOf(await world.TroubleAsync(File)));
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task At_most_once_an_answer_that_is_none_holds_the_file(string answer)
    {
        await using var receiver = Answering(answer);
        await using var world = await StartAsync(receiver.Url, destination => destination["atMostOnce"] = true);

        Assert.Equal("Held", (await world.TroubleAsync(File)).State);
        Assert.Single(receiver.Requests);
    }

    [Theory]
    [MemberData(nameof(Certain))]
    public async Task An_answer_from_before_the_receiver_is_tried_again_even_at_most_once(string answer)
    {
        await using var receiver = Answering(answer);
        await using var world = await StartAsync(receiver.Url, destination => destination["atMostOnce"] = true, Late);

        Assert.Equal(("Waiting", "LG-6002"), StateOf(await world.TroubleAsync(File)));
    }

    [Fact]
    public async Task One_that_dies_before_it_answers_is_asked_and_not_sent_the_file_again()
    {
        await using var receiver = new RawReceiver(
            request => Operation(request) == "SubmitFile" ? null : Status(Stored(File)), closes: true);
        await using var world = await StartAsync(receiver.Url, destination => destination["offersStatus"] = true);

        await world.DeliverAsync(File);

        Assert.Equal(["SubmitFile", "GetTransferStatus"], receiver.Requests.Select(Operation));
    }

    [Fact]
    public async Task One_that_cannot_be_asked_gets_the_file_again_under_the_same_identity()
    {
        var calls = 0;
        await using var forgetful = new RawReceiver(_ => Interlocked.Increment(ref calls) == 1 ? null : Answer(Stored(File)));
        await using var world = await StartAsync(forgetful.Url);

        await world.DeliverAsync(File);

        Assert.Equal(["SubmitFile", "SubmitFile"], forgetful.Requests.Select(Operation));
        Assert.All(forgetful.Requests, request => Assert.Contains("<transferId>t1</transferId>", request.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_silent_after_the_file_leaves_it_in_doubt()
    {
        await using var silent = new RawReceiver(_ => []);
        await using var world = await StartAsync(silent.Url, Silence("00:00:00.5"));

        await world.TroubleAsync(File);

        // On a slow machine it may seem silent before it has the whole file: then it gets that again.
        var doubt = await world.Gateway.Log.WaitForAsync(ReceiverWorld.DeliveryTroubled, "InDoubt");
        Assert.Contains("LG-6010", doubt, StringComparison.Ordinal);
        Assert.Contains("silent", doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_reads_half_of_the_file_cannot_have_stored_it(bool cuts)
    {
        await using var receiver = new StubbornReceiver(200_000, cuts);
        await using var world = await StartAsync(receiver.Url, destination =>
        {
            destination["atMostOnce"] = true;
            destination["silence"] = "00:00:01";
        }, Late);

        Assert.Equal(("Waiting", "LG-6001"), StateOf(await world.TroubleAsync(Bytes(32 << 20))));
    }

    [Theory]
    [InlineData("Client", "S-1", "Held")]
    [InlineData("Client", "busy", "Waiting")]
    [InlineData("Client", "damaged", "Waiting")]
    [InlineData("Server", "S-1", "Waiting")]
    public async Task A_fault_of_the_contract_says_that_nothing_was_stored(string side, string code, string state)
    {
        await using var receiver = new RawReceiver(_ => Fault(side, new ReceiverFault(code, "満杯")));
        await using var world = await StartAsync(receiver.Url, destination => destination["atMostOnce"] = true, Late);

        var trouble = await world.TroubleAsync(File);

        Assert.Equal((state, "LG-6002"), StateOf(trouble));
        Assert.Contains($"{code} 満杯", trouble.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_its_toolkit_does_not_understand_waits_for_an_operator()
    {
        await using var receiver = Answering(
            Whole("<e:Fault><faultcode>e:Client</faultcode><faultstring>no operation</faultstring></e:Fault>", 500));
        await using var world = await StartAsync(receiver.Url);

        Assert.Equal(("Held", "LG-6002"), StateOf(await world.TroubleAsync(File)));
    }

    [Fact]
    public async Task A_rejection_ends_the_delivery_with_the_receivers_reason()
    {
        await using var receiver = new RawReceiver(
            _ => Answer(new FileResult { Outcome = FileOutcome.Rejected, Code = "K-17", Text = "家屋番号なし" }));
        await using var world = await StartAsync(receiver.Url);

        var rejected = await world.TroubleAsync(File);

        Assert.Equal(("ReceiverRejected", "LG-6002"), StateOf(rejected));
        Assert.Contains("K-17 家屋番号なし", rejected.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bytes_than_were_sent_are_no_delivery()
    {
        await using var receiver = new RawReceiver(_ => Answer(Stored(Bytes(99_999))));
        await using var world = await StartAsync(receiver.Url);

        Assert.Equal(("Held", "LG-6020"), StateOf(await world.TroubleAsync(File)));
    }

    static Action<System.Text.Json.Nodes.JsonNode> Silence(string time) => destination => destination["silence"] = time;

    static RawReceiver Answering(string answer) =>
        new(_ => answer.Length == 0 ? null : Encoding.UTF8.GetBytes(answer), closes: true);

    static string Whole(string body, int status = 200)
    {
        var envelope = $"<e:Envelope xmlns:e='{Soap11}'><e:Body>{body}</e:Body></e:Envelope>";
        return $"HTTP/1.1 {status} -\r\n{Xml}Content-Length: {Encoding.UTF8.GetByteCount(envelope)}\r\n\r\n{envelope}";
    }

    // SOAPAction: "namespace/Operation".
    static string Operation(RawRequest request) => request["SOAPAction"]!.Trim('"').Split('/')[^1];

    static (string, string?) StateOf(DeliveryStatus delivery) => (delivery.State, delivery.LastErrorCode);
}
