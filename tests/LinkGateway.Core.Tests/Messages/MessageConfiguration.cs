using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Messages;

/// <summary>A world with a service: the receiver takes messages there, and the origin gets replies at its callback.</summary>
static class MessageConfiguration
{
    public const string ServiceInterface = "akiya-toroku";
    public const string Service = "AkiyaToroku";
    public const string Destination = "zei-service";
    public const string Alternate = "zei-standby";
    public const string Callback = "kaoku-callback";
    public const string MessageId = "urn:uuid:1";
    public const string ReplyTo = "https://kaoku.example/callback";
    public const string ContentType = "multipart/related; boundary=\"b\"; type=\"text/xml\"";

    /// <summary>Three attempts, half to the whole of 10 and 20 seconds apart.</summary>
    public const string Retry = """{ "attempts": 3, "firstDelay": "00:00:10", "maxDelay": "00:01:00" }""";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Adds the service, with a route of the origin to the receiver, and changes more.</summary>
    public static Action<JsonNode> With(Action<JsonNode>? more = null) => json =>
    {
        json["catalogue"] = JsonNode.Parse("""{ "folder": "wsdl" }""");
        json["gateway"]!["publicUrl"] = "https://gateway.example";
        Participant(json, Origin)["organisationCode"] = "131016";
        Participant(json, Origin)["callback"] = Callback;
        Participant(json, Receiver)["organisationCode"] = "142051";
        json["interfaces"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "{{ServiceInterface}}", "businessUnit": "05", "dataClass": "個人情報", "legalBasis": "法第十四条",
              "service": { "name": "{{Service}}", "wsdl": "akiya.wsdl" },
              "versions": [{ "version": "1.0", "effectiveFrom": "2025-04-01" }] }
            """));
        foreach (var id in (string[])[Destination, Alternate, Callback])
            json["destinations"]!.AsArray().Add(JsonNode.Parse(
                $$"""{ "id": "{{id}}", "kind": "service", "url": "https://{{id}}.example" }"""));
        json["routes"]!.AsArray().Add(JsonNode.Parse($$"""
            { "origin": "{{Origin}}", "interface": "{{ServiceInterface}}", "receiver": "{{Receiver}}", "destination": "{{Destination}}",
              "retry": {{Retry}} }
            """));
        more?.Invoke(json);
    };

    /// <summary>Sends messages to the next gateway, and knows a way back to the one before.</summary>
    public static Action<JsonNode> Through(string? next, string? before = null, Action<JsonNode>? more = null) => With(json =>
    {
        foreach (var gateway in new[] { next, before }.OfType<string>())
        {
            json["destinations"]!.AsArray().Add(JsonNode.Parse($$"""
                { "id": "to-{{gateway}}", "kind": "gateway", "url": "https://{{gateway}}.example:8443/batch", "gateway": "{{gateway}}",
                  "credentials": { "basic": { "user": "gateway", "password": "env:PASSWORD" } } }
                """));
        }

        if (next is not null) Route(json)["destination"] = $"to-{next}";
        more?.Invoke(json);
    });

    public static JsonNode Participant(JsonNode json, string id) =>
        json["participants"]!.AsArray().Single(participant => (string?)participant!["id"] == id)!;

    /// <summary>The route of the service.</summary>
    public static JsonNode Route(JsonNode json) =>
        json["routes"]!.AsArray().Single(route => (string?)route!["interface"] == ServiceInterface)!;

    public static JsonNode DestinationOf(JsonNode json, string id) =>
        json["destinations"]!.AsArray().Single(destination => (string?)destination!["id"] == id)!;

    public static MessageSubmission Message(string? id = MessageId) => new()
    {
        Receiver = Receiver,
        InterfaceId = ServiceInterface,
        MessageId = id,
        ContentType = ContentType,
        SoapAction = "\"urn:toroku\"",
        SoapVersion = "1.1",
    };

    /// <summary>A message that waits for a reply.</summary>
    public static MessageSubmission Request(string id = MessageId) => Message(id) with { ReplyTo = ReplyTo };

    public static MessageSubmission Reply(string id = "urn:uuid:reply", string relatesTo = MessageId) => new()
    {
        MessageId = id,
        ContentType = "text/xml; charset=utf-8",
        SoapVersion = "1.1",
        RelatesTo = relatesTo,
    };

    public static CallbackToken Token { get; } = new(Origin, MessageId);

    public static TransferIdentity ReplyIdentity { get; } = new(Receiver, "urn:uuid:reply", "", 0);

    public static TransferIdentity ForwardedReply { get; } = ReplyIdentity with { Receiver = Origin };

    public static Task<Outcome<AcceptResult>> SubmitAsync(
        this CoreWorld world, MessageSubmission message, byte[] bytes, TestBody? body = null, string caller = Origin) =>
        world.Transfers.SubmitMessageAsync(caller, message, body ?? new TestBody(bytes), CoreWorld.Never)
            .AsTask().WaitAsync(Patience, CoreWorld.Never);

    public static Task<Outcome<AcceptResult>> ReplyAsync(
        this CoreWorld world, MessageSubmission reply, byte[] bytes, CallbackToken? token = null, string caller = Receiver) =>
        world.Transfers.SubmitReplyAsync(caller, token ?? Token, reply, new TestBody(bytes), CoreWorld.Never)
            .AsTask().WaitAsync(Patience, CoreWorld.Never);
}
