using System.Text.Json.Nodes;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;
using LinkGateway.Server.Receipts;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Receipts;

public sealed class TrustedReceiptVerifierTests : IDisposable
{
    readonly GatewayFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_receipt_is_believed_when_its_issuers_own_key_signed_it()
    {
        using var certificate = _folder.MakeCertificate("gw-a");
        using var signer = new ReceiptSigner(certificate);

        Assert.Equal("gw-a", Verifier("gw-a").Verify(signer.Sign(Receipt("gw-a")), out _)?.Issuer);
    }

    [Fact]
    public void A_receipt_that_a_trusted_gateway_signs_in_the_name_of_another_is_refused()
    {
        using var first = _folder.MakeCertificate("gw-a");
        using var second = _folder.MakeCertificate("gw-b");
        using var signer = new ReceiptSigner(second);

        Assert.Null(Verifier("gw-a", "gw-b").Verify(signer.Sign(Receipt("gw-a")), out var reason));
        Assert.Contains("gw-a", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_of_an_untrusted_or_unknown_issuer_is_refused()
    {
        using var trusted = _folder.MakeCertificate("gw-a");
        using var stranger = _folder.MakeCertificate("stranger");
        using var byStranger = new ReceiptSigner(stranger);
        using var byTrusted = new ReceiptSigner(trusted);

        Assert.Null(Verifier("gw-a").Verify(byStranger.Sign(Receipt("gw-a")), out _));
        Assert.Null(Verifier("gw-a").Verify(byTrusted.Sign(Receipt("gw-x")), out _));
    }

    TrustedReceiptVerifier Verifier(params string[] trusted)
    {
        _folder.Configure(json => json["receipts"] = new JsonObject
        {
            ["trust"] = new JsonArray([
                .. trusted.Select(id => new JsonObject { ["gateway"] = id, ["certificates"] = new JsonArray($"{id}.cer") })]),
        });
        var loaded = GatewayConfiguration.Load(_folder.ConfigurationPath);
        Assert.Empty(loaded.Errors);
        return new TrustedReceiptVerifier(new ConfigurationSource(loaded.Snapshot!, _folder.ConfigurationPath));
    }

    static ReceiptContent Receipt(string issuer) => new()
    {
        ReceiptId = "r1",
        Kind = ReceiptKind.Accepted,
        Issuer = issuer,
        Origin = "kaoku",
        TransferId = "t1",
        Receiver = "",
        Replay = 0,
        ManifestDigest = Sha256Digest.Of([]),
        Size = 0,
        Sha256 = Sha256Digest.Of([]),
        ChunkSize = 65536,
        Root = Sha256Digest.Of([]),
        Environment = "test",
        Attempt = 1,
        AcceptedAt = DateTimeOffset.UnixEpoch,
    };
}
