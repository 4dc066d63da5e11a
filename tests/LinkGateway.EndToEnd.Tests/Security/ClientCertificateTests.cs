using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Security;

/// <summary>Client certificates in place of passwords, on both hops.</summary>
public sealed class ClientCertificateTests
{
    const int Refused = 3;

    [Fact]
    public async Task Sender_and_gateway_prove_who_they_are_by_certificates_alone()
    {
        using var keys = new TempFolder();
        var (sender, gateway, other) = (Certificate(keys, "sender"), Certificate(keys, "gw-a"), Certificate(keys, "other"));
        using var gateways = await TwoGateways.StartAsync(
            changeA: json =>
            {
                json["participants"]![0]!["credentials"] = Accepts(sender);
                json["destinations"]![1]!["credentials"] = JsonNode.Parse($$"""
                    { "certificate": { "pem": {{Json(gateway)}}, "key": {{Json(gateway)}} } }
                    """);
            },
            changeB: json => json["participants"]![0]!["credentials"] = Accepts(gateway));
        var file = gateways.Temp.File("kaoku.csv", 8 << 20);

        (await gateways.RunAsync(Send(gateways, file, sender))).Ended(0);
        Landing.HoldsOnly(gateways.Landing, file);

        var refused = await gateways.RunAsync(Send(gateways, file, other, "--new"));
        Assert.Contains("LG-3005", refused.Ended(Refused).Output, StringComparison.Ordinal);
    }

    static string[] Send(TwoGateways gateways, string file, string certificate, params string[] more) =>
    [
        "send", file, "--server", gateways.A.Address.ToString(), "--trust", gateways.A.TlsCertificate, "--client-cert", certificate,
        "--origin", Configurations.Origin, "--interface", Configurations.Interface, "--to", Configurations.Receiver,
        "--environment", "test", "--wait", "delivered", "--json", .. more,
    ];

    static JsonNode Accepts(string certificate) =>
        JsonNode.Parse($$"""{ "certificates": [ {{Json(Path.ChangeExtension(certificate, ".cer"))}} ] }""")!;

    static string Json(string path) => JsonValue.Create(path).ToJsonString();

    static string Certificate(TempFolder folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var pem = Path.Combine(folder.Root, name + ".pem");
        File.WriteAllText(pem, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllBytes(Path.ChangeExtension(pem, ".cer"), certificate.RawData);
        return pem;
    }
}
