using System.Security.Cryptography.X509Certificates;
using System.Text;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Tests.Receipts;
using LinkGateway.Interop.Tests.Tools;

namespace LinkGateway.Interop.Tests.Contract;

/// <summary>Receipts as xmlsec1 verifies them, with nothing of ours but the certificate.</summary>
public sealed class XmlsecTests
{
    const string Tool = "xmlsec1";
    const string Package = "xmlsec1";

    [RequiresToolFact(Tool, Package)]
    public void A_receipt_signed_with_ECDSA_P256_verifies_and_a_changed_one_does_not() => VerifiesUnlessChanged(TestKeys.P256);

    [RequiresToolFact(Tool, Package)]
    public void A_receipt_signed_with_ECDSA_P384_verifies_and_a_changed_one_does_not() => VerifiesUnlessChanged(TestKeys.P384);

    [RequiresToolFact(Tool, Package)]
    public void A_receipt_signed_with_RSA_verifies_and_a_changed_one_does_not() => VerifiesUnlessChanged(TestKeys.Rsa2048);

    [RequiresToolFact(Tool, Package)]
    public void A_receipt_of_an_unknown_certificate_does_not_verify()
    {
        using var signer = new ReceiptSigner(TestKeys.P256);

        Assert.NotEqual(0, Verify(signer.Sign(TestReceipts.Accepted()), TestKeys.OtherP256).ExitCode);
    }

    static void VerifiesUnlessChanged(X509Certificate2 certificate)
    {
        using var signer = new ReceiptSigner(certificate);
        foreach (var content in new[] { TestReceipts.Accepted(), TestReceipts.Delivered() })
        {
            var receipt = signer.Sign(content);
            var (exitCode, output) = Verify(receipt, certificate);
            Assert.True(exitCode == 0, output);

            var changed = Encoding.UTF8.GetString(receipt).Replace("<attempt>1", "<attempt>2", StringComparison.Ordinal);
            Assert.NotEqual(0, Verify(Encoding.UTF8.GetBytes(changed), certificate).ExitCode);
        }
    }

    static (int ExitCode, string Output) Verify(byte[] receipt, X509Certificate2 certificate)
    {
        using var folder = new TemporaryFolder();
        var pem = folder.Write("certificate.pem", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        return ExternalTool.Run(Tool, "--verify", "--trusted-pem", pem, "--enabled-key-data", "x509",
            "--verification-time", "2026-11-22 00:00:00", folder.Write("receipt.xml", receipt));
    }
}
