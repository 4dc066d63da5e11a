using System.Security.Cryptography.X509Certificates;
using System.Text;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Tests.Receipts;

public sealed class ReceiptSignerTests
{
    public static TheoryData<string> Keys => ["P256", "P384", "Rsa2048"];

    [Theory, MemberData(nameof(Keys))]
    public void A_signed_receipt_verifies_and_says_what_was_signed(string key)
    {
        foreach (var content in new[] { TestReceipts.Accepted(), TestReceipts.Delivered() })
        {
            var verification = ReceiptVerifier.Verify(Sign(Certificate(key), content), [Certificate(key)]);

            Assert.Equal("", verification.Reason);
            Assert.Equal(content, verification.Content);
        }
    }

    [Fact]
    public void An_applied_receipt_says_what_the_receiving_system_said()
    {
        var content = TestReceipts.Applied();

        var read = ReceiptVerifier.Verify(Sign(TestKeys.P256, content), [TestKeys.P256]).Content!;

        Assert.Equal(content.FirstErrors, read.FirstErrors);
        Assert.Equal(content, read with { FirstErrors = content.FirstErrors });
    }

    [Fact]
    public void Times_keep_the_offset_at_which_they_were_recorded()
    {
        var document = Encoding.UTF8.GetString(Sign(TestKeys.P256, TestReceipts.Accepted()));

        Assert.Contains("<lastByteAt>2026-11-22T01:02:04.12+09:00</lastByteAt>", document, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_too_weak_or_of_another_kind_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new ReceiptSigner(TestKeys.Rsa1024));
        Assert.Throws<ArgumentException>(() => new ReceiptSigner(TestKeys.P521));
    }

    [Fact]
    public void A_certificate_without_private_key_is_refused()
    {
        using var publicOnly = X509CertificateLoader.LoadCertificate(TestKeys.P256.RawData);

        Assert.Throws<ArgumentException>(() => new ReceiptSigner(publicOnly));
    }

    [Fact]
    public async Task Many_threads_sign_with_one_signer()
    {
        using var signer = new ReceiptSigner(TestKeys.P256);

        var documents = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() => Enumerable.Range(0, 50)
            .Select(i => signer.Sign(TestReceipts.Accepted() with { ReceiptId = $"{thread}-{i}" })).ToList())));

        Assert.All(documents.SelectMany(all => all), document => Assert.True(ReceiptVerifier.Verify(document, [TestKeys.P256]).IsValid));
        Assert.Equal(400, documents.SelectMany(all => all).Select(Encoding.UTF8.GetString).Distinct().Count());
    }

    internal static byte[] Sign(X509Certificate2 certificate, ReceiptContent content)
    {
        using var signer = new ReceiptSigner(certificate);
        return signer.Sign(content);
    }

    internal static X509Certificate2 Certificate(string name) => name switch
    {
        "P256" => TestKeys.P256,
        "P384" => TestKeys.P384,
        "Rsa2048" => TestKeys.Rsa2048,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
