using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

/// <summary>Destinations of kind receiver.</summary>
public class ReceiverRuleTests
{
    const string Path = "$.destinations[2]";

    [Fact]
    public void Nothing_but_the_address_is_needed()
    {
        var destination = Assert.IsType<ReceiverDestination>(Snapshot(WithReceiver()).Configuration.Destinations[2]);

        Assert.Equal(
            (ReceiverSoap.Soap11, HandOver.Submit, false, false, TimeSpan.FromMinutes(5), 4),
            (destination.Soap, destination.HandOver, destination.OffersStatus, destination.AtMostOnce, destination.Silence,
                destination.ChunksInFlight));
        Assert.Null(destination.Credentials);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var destination = Assert.IsType<ReceiverDestination>(Snapshot(WithReceiver(receiver =>
        {
            receiver["credentials"] = JsonNode.Parse("""{ "basic": { "user": "gw-a", "password": "env:AKIYA" } }""");
            receiver["soap"] = "soap12";
            receiver["handOver"] = "chunks";
            receiver["offersStatus"] = true;
            receiver["atMostOnce"] = true;
            receiver["silence"] = "00:01:00";
            receiver["chunksInFlight"] = 64;
        })).Configuration.Destinations[2]);

        Assert.Equal(
            (ReceiverSoap.Soap12, HandOver.Chunks, true, true, TimeSpan.FromMinutes(1), 64),
            (destination.Soap, destination.HandOver, destination.OffersStatus, destination.AtMostOnce, destination.Silence,
                destination.ChunksInFlight));
        Assert.Equal("gw-a", destination.Credentials!.Basic!.User);
    }

    [Theory]
    [InlineData("url", "\"ftp://akiya.example/\"")]
    [InlineData("url", "\"http://akiya.example/\"")]
    [InlineData("silence", "\"00:00:00\"")]
    [InlineData("silence", "\"2.00:00:00\"")]
    [InlineData("chunksInFlight", "0")]
    [InlineData("chunksInFlight", "65")]
    [InlineData("credentials", "{}")]
    public void Settings_have_bounds(string setting, string value) =>
        SingleError($"{Path}.{setting}", WithReceiver(receiver => receiver[setting] = JsonNode.Parse(value)));

    [Fact]
    public void Its_certificates_are_read() => SingleError(
        $"{Path}.trustedCertificates[0]",
        WithReceiver(receiver => receiver["trustedCertificates"] = new JsonArray("missing.pem")));

    [Fact]
    public void Plain_http_is_allowed_by_name() => Snapshot(WithReceiver(receiver =>
    {
        receiver["url"] = "http://akiya.example/";
        receiver["allowPlainHttp"] = true;
    }));

    [Fact]
    public void A_file_goes_to_a_receiver() =>
        Snapshot(WithReceiver(change: json => json["routes"]![1]!["destination"] = "akiya-files"));

    [Fact]
    public void A_call_does_not_go_to_a_receiver_of_files() => SingleError("$.routes[2].destination", WithReceiver(change: json =>
    {
        json["catalogue"] = JsonNode.Parse("""{ "folder": "wsdl" }""");
        json["participants"]![1]!["organisationCode"] = "142051";
        json["interfaces"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "resident", "service": { "name": "ResidentLookup", "wsdl": "resident.wsdl" } }"""));
        json["routes"]!.AsArray().Add(JsonNode.Parse(
            """{ "origin": "142051-kaoku", "interface": "resident", "receiver": "142051-akiya", "destination": "akiya-files" }"""));
    }));

    static Action<JsonNode> WithReceiver(Action<JsonNode>? setting = null, Action<JsonNode>? change = null) => json =>
    {
        var receiver = JsonNode.Parse("""{ "id": "akiya-files", "kind": "receiver", "url": "https://akiya.example/files" }""")!;
        setting?.Invoke(receiver);
        json["destinations"]!.AsArray().Add(receiver);
        change?.Invoke(json);
    };
}
