using System.Text;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Statements;
using LinkGateway.Contract.Tests.Receipts;

namespace LinkGateway.Contract.Tests.Statements;

public sealed class StatementTests
{
    static readonly StatementContent Content = new()
    {
        Number = 7,
        Kind = StatementKinds.Purge,
        Issuer = "gw-a",
        Environment = "test",
        At = new DateTimeOffset(2026, 11, 27, 1, 2, 3, TimeSpan.FromHours(9)),
        Predecessor = Sha256Digest.Of([1]),
        Entries =
        [
            new StatementEntry
            {
                What = "payload", At = new DateTimeOffset(2026, 11, 26, 1, 2, 3, TimeSpan.FromHours(9)), Origin = "142051-kaoku",
                TransferId = "夜間 7 & <8>", Receiver = "142051-zei", Replay = 1, Size = 10, Sha256 = Sha256Digest.Of([2]), Rule = "7 days",
            },
            new StatementEntry { What = "file", Name = "journal-000000007.jsonl.gz", Count = 1000 },
        ],
    };

    [Fact]
    public void A_statement_says_what_was_signed()
    {
        using var signer = new ReceiptSigner(TestKeys.P256);
        var verified = StatementVerifier.Verify(signer.Sign(Content), [TestKeys.P256]);

        Assert.Equal("", verified.Reason);
        Assert.Equal(Content.Entries, verified.Content!.Entries);
        Assert.Equal(Content, verified.Content with { Entries = Content.Entries });
    }

    [Fact]
    public void A_changed_statement_is_tampered_with()
    {
        using var signer = new ReceiptSigner(TestKeys.P256);
        var text = Encoding.UTF8.GetString(signer.Sign(Content)).Replace("<size>10</size>", "<size>11</size>", StringComparison.Ordinal);

        Assert.Equal(ReceiptVerdict.Tampered, StatementVerifier.Verify(Encoding.UTF8.GetBytes(text), [TestKeys.P256]).Verdict);
    }

    [Fact]
    public void Another_key_is_not_trusted()
    {
        using var signer = new ReceiptSigner(TestKeys.P256);

        Assert.Equal(ReceiptVerdict.NotTrusted, StatementVerifier.Verify(signer.Sign(Content), [TestKeys.P384]).Verdict);
    }

    [Fact]
    public void A_receipt_is_no_statement_and_a_statement_no_receipt()
    {
        using var signer = new ReceiptSigner(TestKeys.P256);

        Assert.False(StatementVerifier.Verify(signer.Sign(TestReceipts.Accepted()), [TestKeys.P256]).IsValid);
        Assert.False(ReceiptVerifier.Verify(signer.Sign(Content), [TestKeys.P256]).IsValid);
    }

    [Fact]
    public void An_id_that_XML_cannot_carry_keeps_no_statement_from_being_written()
    {
        using var signer = new ReceiptSigner(TestKeys.P256);
        var content = Content with { Entries = [new StatementEntry { What = "payload", TransferId = "a\u0001\ud800" }] };

        var verified = StatementVerifier.Verify(signer.Sign(content), [TestKeys.P256]);

        Assert.Equal("a\ufffd\ufffd", verified.Content!.Entries[0].TransferId);
    }
}
