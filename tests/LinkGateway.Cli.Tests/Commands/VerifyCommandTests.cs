using System.Text;
using LinkGateway.Client.Gateway;

namespace LinkGateway.Cli.Commands;

public sealed class VerifyCommandTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task A_good_receipt_and_its_file_verify(int size)
    {
        await using var bench = await CliBench.StartAsync();
        var (receipt, file) = await SendAsync(bench, size);

        var code = await bench.RunAsync("verify", receipt, file, "--trust", bench.ReceiptCertificate());

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("Valid accepted receipt of fake-gateway", bench.Out, StringComparison.Ordinal);
        Assert.Contains("The file is the one of the receipt.", bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_verifies_without_its_file()
    {
        await using var bench = await CliBench.StartAsync();
        var (receipt, _) = await SendAsync(bench, 10);

        Assert.Equal(ExitCode.Ok, await bench.RunAsync("verify", receipt, "--trust", bench.ReceiptCertificate(), "--json"));
        Assert.Equal("valid", bench.Json.GetProperty("verdict").GetString());
        Assert.Equal(10, bench.Json.GetProperty("receipt").GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task A_tampered_receipt_ends_with_8()
    {
        await using var bench = await CliBench.StartAsync();
        var (receipt, _) = await SendAsync(bench, 10);
        File.WriteAllText(receipt, File.ReadAllText(receipt).Replace("<size>10</size>", "<size>11</size>", StringComparison.Ordinal));

        var code = await bench.RunAsync("verify", receipt, "--trust", bench.ReceiptCertificate());

        Assert.Equal(ExitCode.NotVerified, code);
        Assert.Contains("tampered", bench.Error, StringComparison.Ordinal);
        Assert.Empty(bench.Out);
    }

    [Fact]
    public async Task A_receipt_of_another_key_ends_with_8()
    {
        await using var bench = await CliBench.StartAsync();
        var (receipt, _) = await SendAsync(bench, 10);
        using var other = TestCertificates.Create("other");
        var trusted = bench.Folder.File("other.pem", Encoding.ASCII.GetBytes(other.ExportCertificatePem()));

        var code = await bench.RunAsync("verify", receipt, "--trust", trusted);

        Assert.Equal(ExitCode.NotVerified, code);
        Assert.Contains("not trusted", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_trusted_certificates_is_enough()
    {
        await using var bench = await CliBench.StartAsync();
        var (receipt, _) = await SendAsync(bench, 10);
        using var other = TestCertificates.Create("other");
        var both = bench.Folder.File("both.pem", Encoding.ASCII.GetBytes(
            other.ExportCertificatePem() + "\n" + bench.Gateway.Service.Certificate.ExportCertificatePem()));
        var der = bench.Folder.File("receipts.cer", bench.Gateway.Service.Certificate.RawData);

        Assert.Equal(ExitCode.Ok, await bench.RunAsync("verify", receipt, "--trust", both));
        Assert.Equal(ExitCode.Ok, await bench.RunAsync("verify", receipt, "--trust", der));
    }

    [Theory]
    [InlineData("size", 11)]
    [InlineData("sha256", 10)]
    public async Task Another_file_ends_with_8(string difference, int size)
    {
        await using var bench = await CliBench.StartAsync();
        var (receipt, _) = await SendAsync(bench, 10);
        var other = bench.Folder.File("other.csv", TempFolder.Bytes(size, seed: 2));

        var code = await bench.RunAsync("verify", receipt, other, "--trust", bench.ReceiptCertificate());

        Assert.Equal(ExitCode.NotVerified, code);
        Assert.Contains($"{difference} differs", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_receipt_ends_with_8_and_what_is_not_there_with_2()
    {
        await using var bench = await CliBench.StartAsync();
        var noReceipt = bench.Folder.File("x.xml", "<a/>"u8.ToArray());
        var trusted = bench.ReceiptCertificate();

        Assert.Equal(ExitCode.NotVerified, await bench.RunAsync("verify", noReceipt, "--trust", trusted));
        Assert.Equal(ExitCode.Usage, await bench.RunAsync("verify", bench.Folder.In("nowhere.xml"), "--trust", trusted));
        Assert.Equal(ExitCode.Usage, await bench.RunAsync("verify", noReceipt));
    }

    static async Task<(string Receipt, string File)> SendAsync(CliBench bench, int size)
    {
        var file = bench.Folder.File("houses.csv", TempFolder.Bytes(size));
        Assert.Equal(ExitCode.Ok, await bench.SendAsync(file, "--chunk-size", "64KiB"));
        return (bench.Folder.File("receipt.xml", bench.Gateway.Service.Only.Receipt!.ReceiptDocument), file);
    }
}
