using System.Security.Cryptography;
using System.Text;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Tests.Receipts;

/// <summary>Our signing by hand and the framework's XML Signature agree.</summary>
public sealed class ReceiptInteropTests
{
    static ReceiptInteropTests() => CryptoConfig.AddAlgorithm(typeof(EcdsaSha256SignatureDescription), EcdsaSha256SignatureDescription.Url);

    [Theory, InlineData("P256"), InlineData("Rsa2048")]
    public void Another_implementation_verifies_our_receipts(string key)
    {
        var certificate = ReceiptSignerTests.Certificate(key);
        foreach (var content in new[] { TestReceipts.Accepted(), TestReceipts.Delivered() })
        {
            var document = ReceiptSignerTests.Sign(certificate, content);
            Assert.True(ForeignSigner.Verify(document, certificate));

            var tampered = Encoding.UTF8.GetString(document).Replace("<replay>", "<replay>1", StringComparison.Ordinal);
            Assert.False(ForeignSigner.Verify(Encoding.UTF8.GetBytes(tampered), certificate));
        }
    }

    [Fact]
    public void A_receipt_that_another_implementation_signed_verifies()
    {
        var verification = ReceiptVerifier.Verify(ForeignSigner.Sign(Unsigned(), TestKeys.Rsa2048), [TestKeys.Rsa2048]);

        Assert.Equal("", verification.Reason);
        Assert.Equal(TestReceipts.Delivered(), verification.Content);
    }

    [Fact]
    public void Indentation_and_prefixes_of_another_implementation_do_not_matter()
    {
        var prefixed = Unsigned().Replace("</", "@", StringComparison.Ordinal).Replace("<", "\n  <r:", StringComparison.Ordinal)
            .Replace("@", "</r:", StringComparison.Ordinal).Replace("xmlns=", "xmlns:r=", StringComparison.Ordinal).Trim();

        var verification = ReceiptVerifier.Verify(ForeignSigner.Sign(prefixed, TestKeys.Rsa2048), [TestKeys.Rsa2048]);

        Assert.Equal(TestReceipts.Delivered(), verification.Content);
    }

    /// <summary>A receipt for the RSA key, without its signature.</summary>
    internal static string Unsigned()
    {
        var document = Encoding.UTF8.GetString(ReceiptSignerTests.Sign(TestKeys.Rsa2048, TestReceipts.Delivered()));
        var start = document.IndexOf("<Signature", StringComparison.Ordinal);
        return document[..start] + "</receipt>";
    }
}
