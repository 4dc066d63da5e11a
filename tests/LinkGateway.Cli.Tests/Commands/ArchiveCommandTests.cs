using System.IO.Compression;
using System.Text;
using System.Text.Json;
using LinkGateway.Contract.Archives;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Statements;

namespace LinkGateway.Cli.Commands;

public sealed class ArchiveCommandTests
{
    [Fact]
    public async Task A_transfer_is_found_in_a_folder_of_archives_and_its_receipts_are_written()
    {
        await using var bench = await CliBench.StartAsync();
        Archive(bench, "2031-10/journal-000000001.jsonl.gz", "night-6");
        Archive(bench, "2031-11/journal-000000002.jsonl.gz", "night-7", "night-8");

        var code = await bench.RunAsync(
            "archive", "find", bench.Folder.In("archive"), "--of", "juki", "--transfer", "night-7", "--out", bench.Folder.In("receipts"));

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("night-7", bench.Out, StringComparison.Ordinal);
        Assert.Contains("journal-000000002.jsonl.gz", bench.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("night-8", bench.Out, StringComparison.Ordinal);
        var receipt = Assert.Single(Directory.EnumerateFiles(bench.Folder.In("receipts")));
        Assert.Equal("<receipt/>", File.ReadAllText(receipt));
    }

    [Fact]
    public async Task Json_is_the_line_of_the_archive()
    {
        await using var bench = await CliBench.StartAsync();
        var path = Archive(bench, "journal-000000001.jsonl.gz", "night-6");

        await bench.RunAsync("archive", "find", path, "--json");

        Assert.Equal("night-6", bench.Json.GetProperty("transferId").GetString());
        Assert.Equal(64, bench.Json.GetProperty("sha256").GetString()!.Length);
    }

    [Fact]
    public async Task What_is_not_there_ends_with_3_and_what_is_no_archive_with_2()
    {
        await using var bench = await CliBench.StartAsync();
        var path = Archive(bench, "journal-000000001.jsonl.gz", "night-6");

        Assert.Equal(ExitCode.Refused, await bench.RunAsync("archive", "find", path, "--transfer", "night-9"));
        Assert.Equal(ExitCode.Usage, await bench.RunAsync("archive", "find", bench.Folder.File("x.jsonl.gz", [1, 2, 3])));
        Assert.Equal(ExitCode.Usage, await bench.RunAsync("archive", "find", bench.Folder.In("missing")));
    }

    [Fact]
    public async Task A_statement_verifies_and_speaks_of_its_archive_file_only()
    {
        await using var bench = await CliBench.StartAsync();
        var archive = Archive(bench, "journal-000000001.jsonl.gz", "night-6");
        var bytes = File.ReadAllBytes(archive);
        var statement = Statement(bench, new StatementEntry { What = "file", Size = bytes.Length, Sha256 = Sha256Digest.Of(bytes) });

        Assert.Equal(ExitCode.Ok, await bench.RunAsync("verify", statement, archive, "--trust", bench.ReceiptCertificate()));
        Assert.Contains("Valid statement 1 (archive) of gw-a", bench.Out, StringComparison.Ordinal);
        Assert.Contains("The file is the one", bench.Out, StringComparison.Ordinal);

        var other = bench.Folder.File("other", [1]);
        Assert.Equal(ExitCode.NotVerified, await bench.RunAsync("verify", statement, other, "--trust", bench.ReceiptCertificate()));
        Assert.Equal(ExitCode.Ok, await bench.RunAsync("verify", statement, "--trust", bench.ReceiptCertificate(), "--json"));
        Assert.Equal("valid", bench.Json.GetProperty("verdict").GetString());

        File.WriteAllText(statement, File.ReadAllText(statement).Replace("gw-a", "gw-b", StringComparison.Ordinal));
        Assert.Equal(ExitCode.NotVerified, await bench.RunAsync("verify", statement, "--trust", bench.ReceiptCertificate()));
        Assert.Contains("tampered", bench.Error, StringComparison.Ordinal);
    }

    static string Statement(CliBench bench, StatementEntry entry)
    {
        using var signer = new ReceiptSigner(bench.Gateway.Service.Certificate);
        return bench.Folder.File("statement.xml", signer.Sign(new StatementContent
        {
            Number = 1,
            Kind = StatementKinds.Archive,
            Issuer = "gw-a",
            Environment = "test",
            At = DateTimeOffset.UnixEpoch,
            Entries = [entry],
        }));
    }

    static string Archive(CliBench bench, string name, params string[] transferIds)
    {
        var path = Path.Combine(bench.Folder.In("archive"), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        Line(JsonSerializer.Serialize(
            new ArchiveHeader
            {
                Format = ArchiveHeader.FormatName,
                Version = 1,
                Gateway = "gw-a",
                Statement = 1,
                At = DateTimeOffset.UnixEpoch,
            },
            ArchiveJson.Default.ArchiveHeader));
        foreach (var id in transferIds) Line(JsonSerializer.Serialize(Transfer(id), ArchiveJson.Default.ArchivedTransfer));
        return path;

        void Line(string text) => file.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }

    static ArchivedTransfer Transfer(string id) => new()
    {
        Origin = "juki",
        TransferId = id,
        Receiver = "",
        Replay = 0,
        SubmittedBy = "juki",
        Manifest = new Manifest
        {
            Origin = "juki",
            Receivers = ["kaoku"],
            InterfaceId = "house-tax",
            TransferId = id,
            Kind = "full",
            Environment = "test",
            FileName = "houses.csv",
        },
        ManifestDigest = $"{Sha256Digest.Of([1])}",
        State = "Accepted",
        Sha256 = $"{Sha256Digest.Of([2])}",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Receipts = [new ArchivedReceipt { ReceiptId = "r1", Kind = "accepted", Issuer = "gw-a", Document = "<receipt/>"u8.ToArray() }],
    };
}
