using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Operator;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Operator;

/// <summary>
/// A gateway with a listener for operators: touban (user touban) and the holder of the certificate yakan are operators, beside the
/// participants of <see cref="GatewayFolder"/> and the gateway gw-other (user gw-other).
/// </summary>
static class OperatorDesk
{
    public const string Operator = "touban";

    public static Task<TestGateway> StartAsync(
        Action<JsonNode>? change = null, Action<GatewayFolder>? prepare = null) => TestGateway.StartAsync(
        json =>
        {
            json["operator"] = JsonNode.Parse("""{ "listeners": [{ "url": "https://127.0.0.1:0" }, { "url": "http://127.0.0.1:0" }] }""");
            foreach (var (id, kind) in new[] { (Operator, "operator"), ("gw-other", "gateway") })
            {
                json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
                    { "id": "{{id}}", "kind": "{{kind}}", "credentials": { "basic": { "user": "{{id}}", "password": "file:password" } } }
                    """));
            }

            json["participants"]!.AsArray().Add(JsonNode.Parse("""
                { "id": "yakan", "kind": "operator", "credentials": { "certificates": ["yakan.cer"] } }
                """));
            change?.Invoke(json);
        },
        folder =>
        {
            folder.MakeCertificate("yakan").Dispose();
            prepare?.Invoke(folder);
        });

    public static Uri AddressOf(this TestGateway gateway, string scheme = "https") =>
        new(gateway.Host.OperatorListeners.First(address => address.StartsWith(scheme + ":", StringComparison.Ordinal)));

    public static OperatorClient Operators(this TestGateway gateway, string user = Operator, string? language = null) =>
        gateway.OperatorsBy(new ConnectionOptions { User = user, Password = GatewayFolder.Password }, gateway.AddressOf(), language);

    public static OperatorClient Operators(this TestGateway gateway, X509Certificate2 certificate) =>
        gateway.OperatorsBy(new ConnectionOptions { ClientCertificate = certificate }, gateway.AddressOf());

    public static OperatorClient OperatorsBy(
        this TestGateway gateway, ConnectionOptions options, Uri address, string? language = null) => new(
        gateway.Connect(options with { TrustedServerCertificates = [gateway.ServerCertificate] }, address), address,
        new OperatorClientOptions { Language = language });

    /// <summary>The result of a call that must have one.</summary>
    public static T Answered<T>(this OperatorAnswer<T> answer)
        where T : class =>
        answer is OperatorAnswer<T>.Answered answered ? answered.Value : throw new Xunit.Sdk.XunitException($"{answer}");

    /// <summary>The code of a call that must be refused.</summary>
    public static string Code<T>(this OperatorAnswer<T> answer)
        where T : class =>
        answer is OperatorAnswer<T>.Refused refused ? refused.Code : throw new Xunit.Sdk.XunitException($"{answer}");
}
