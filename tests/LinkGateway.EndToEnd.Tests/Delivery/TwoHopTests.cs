using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Delivery;

/// <summary>One file by <c>linkgw</c> over two gateways into a folder, and the evidence of it.</summary>
public sealed class TwoHopTests(TwoHopTests.SentFile sent) : IClassFixture<TwoHopTests.SentFile>
{
    const int NotVerified = 8;

    readonly TwoGateways _gateways = sent.Gateways;

    [Fact]
    public void The_file_lands_bit_identical_and_nothing_else_stays_in_the_folder() => Landing.HoldsOnly(_gateways.Landing, sent.File);

    [Fact]
    public void The_control_file_says_what_the_file_is_and_carries_the_entry_gateways_receipt()
    {
        using var control = JsonDocument.Parse(File.ReadAllBytes(sent.Landed + ".ctl.json"));
        var root = control.RootElement;

        Assert.Equal("kaoku.csv", root.GetProperty("file").GetString());
        Assert.Equal(Configurations.Origin, root.GetProperty("origin").GetString());
        Assert.Equal(sent.TransferId, root.GetProperty("transferId").GetString());
        Assert.Equal(Configurations.Receiver, root.GetProperty("receiver").GetString());
        Assert.Equal(0, root.GetProperty("replay").GetInt32());
        Assert.Equal(SentFile.Size, root.GetProperty("size").GetInt64());
        Assert.Equal(TempFolder.Sha256(sent.File), root.GetProperty("sha256").GetString());
        Assert.Equal(SentFile.ChunkSize, root.GetProperty("chunkSize").GetInt64());
        Assert.Equal(SentFile.Records, root.GetProperty("recordCount").GetInt64());
        Assert.Equal(File.ReadAllBytes(sent.AcceptedByA), root.GetProperty("acceptedReceiptDocument").GetBytesFromBase64());
    }

    [Fact]
    public void The_sender_holds_three_receipts_each_of_the_gateway_that_did_it_and_each_names_the_one_before()
    {
        Assert.Equal(3, Directory.GetFiles(sent.Receipts).Length);
        var first = Verified(sent.AcceptedByA, _gateways.A);
        var second = Verified(sent.AcceptedByB, _gateways.B);
        var third = Verified(sent.DeliveredByB, _gateways.B);

        Assert.Equal((ReceiptKind.Accepted, "gw-a", ""), (first.Kind, first.Issuer, first.Receiver));
        Assert.Equal((ReceiptKind.Accepted, "gw-b", Configurations.Receiver), (second.Kind, second.Issuer, second.Receiver));
        Assert.Equal((ReceiptKind.Delivered, "gw-b", Configurations.Receiver), (third.Kind, third.Issuer, third.Receiver));
        Assert.Null(first.Predecessor);
        Assert.Equal(DigestOf(sent.AcceptedByA), second.Predecessor);
        Assert.Equal(DigestOf(sent.AcceptedByB), third.Predecessor);
        Assert.All([first, second, third], receipt => Assert.Equal(
            (sent.TransferId, TempFolder.Sha256(sent.File), first.Root, first.ManifestDigest),
            (receipt.TransferId, receipt.Sha256.ToString(), receipt.Root, receipt.ManifestDigest)));
    }

    [Fact]
    public async Task Linkgw_verifies_each_receipt_and_the_landed_file_against_the_issuers_certificate()
    {
        await VerifyAsync(0, sent.AcceptedByA, null, _gateways.A.ReceiptCertificate);
        await VerifyAsync(0, sent.AcceptedByB, null, _gateways.B.ReceiptCertificate);
        await VerifyAsync(0, sent.DeliveredByB, sent.Landed, _gateways.B.ReceiptCertificate);
    }

    [Fact]
    public async Task A_receipt_is_not_believed_by_another_gateways_certificate() =>
        await VerifyAsync(NotVerified, sent.DeliveredByB, sent.Landed, _gateways.A.ReceiptCertificate);

    [Fact]
    public async Task A_receipt_with_one_byte_of_a_value_changed_is_refused()
    {
        var text = await File.ReadAllTextAsync(sent.DeliveredByB);
        var tampered = text.Replace($"<size>{SentFile.Size}</size>", $"<size>{SentFile.Size + 1}</size>", StringComparison.Ordinal);
        Assert.NotEqual(text, tampered);
        var path = Path.Combine(_gateways.Temp.Root, "tampered.xml");
        await File.WriteAllTextAsync(path, tampered);

        await VerifyAsync(NotVerified, path, null, _gateways.B.ReceiptCertificate);
    }

    [Fact]
    public async Task A_file_with_one_byte_changed_is_not_the_receipts_file()
    {
        var bytes = await File.ReadAllBytesAsync(sent.Landed);
        bytes[bytes.Length / 2] ^= 1;
        var path = Path.Combine(_gateways.Temp.Root, "tampered.csv");
        await File.WriteAllBytesAsync(path, bytes);

        await VerifyAsync(NotVerified, sent.DeliveredByB, path, _gateways.B.ReceiptCertificate);
    }

    [Fact]
    public async Task The_same_command_again_brings_the_same_receipt_and_no_second_copy()
    {
        var again = await _gateways.RunAsync(_gateways.Send(sent.File, SentFile.Options));

        again.Ended(0);
        Assert.Equal(sent.TransferId, again.Json.GetProperty("transferId").GetString());
        Assert.Equal(0, again.Json.GetProperty("bytesSent").GetInt64());
        Landing.HoldsOnly(_gateways.Landing, sent.File);
    }

    async Task VerifyAsync(int exitCode, string receipt, string? file, string certificate)
    {
        string[] files = file is null ? [receipt] : [receipt, file];
        (await _gateways.RunAsync(["verify", .. files, "--trust", certificate])).Ended(exitCode);
    }

    static ReceiptContent Verified(string path, GatewayProcess issuer)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(issuer.ReceiptCertificate);
        var verified = ReceiptVerifier.Verify(File.ReadAllBytes(path), [certificate]);
        Assert.True(verified.IsValid, verified.Reason);
        return verified.Content;
    }

    static Sha256Digest DigestOf(string path) => Sha256Digest.Of(File.ReadAllBytes(path));

    /// <summary>The file, sent once for all tests here.</summary>
    public sealed class SentFile : IAsyncLifetime
    {
        internal const int Size = (40 << 20) + 12_345;
        internal const int ChunkSize = 1 << 20;
        internal const int Records = 4711;
        internal static readonly string[] Options = ["--chunk-size", "1MiB", "--record-count", "4711", "--wait", "delivered"];

        internal TwoGateways Gateways { get; private set; } = null!;

        internal string File { get; private set; } = "";

        internal string TransferId { get; private set; } = "";

        internal string Receipts => Path.Combine(Gateways.Temp.Root, "receipts");

        internal string Landed => Path.Combine(Gateways.Landing, "kaoku.csv");

        internal string AcceptedByA => Receipt("accepted", "gw-a");

        internal string AcceptedByB => Receipt("accepted", "gw-b");

        internal string DeliveredByB => Receipt("delivered", "gw-b");

        public async Task InitializeAsync()
        {
            Gateways = await TwoGateways.StartAsync();
            File = Gateways.Temp.File("kaoku.csv", Size);
            var sent = await Gateways.RunAsync(Gateways.Send(File, [.. Options, "--out", Receipts]));
            sent.Ended(0);
            Assert.Equal("delivered", sent.Json.GetProperty("result").GetString());
            TransferId = sent.Json.GetProperty("transferId").GetString()!;
        }

        public Task DisposeAsync()
        {
            Gateways.Dispose();
            return Task.CompletedTask;
        }

        string Receipt(string kind, string issuer) => Directory.GetFiles(Receipts, $"*-{kind}-*.xml")
            .Single(path => System.IO.File.ReadAllText(path).Contains($"<issuer>{issuer}</issuer>", StringComparison.Ordinal));
    }
}
