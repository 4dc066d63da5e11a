using System.Globalization;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// The sample client of a toolkit, run as a vendor runs it: <c>build</c> once, then <c>client</c> as often as wanted. The methods are the
/// cases that hold for all toolkits; each toolkit's tests choose those that it can do.
/// </summary>
sealed class ToolkitClient
{
    /// <summary>What fits into the root part as base64 under the gateway's default limits.</summary>
    public const int ChunkForData = 64 << 10;

    readonly string _toolkit;
    readonly ToolkitGateway _gateway;
    readonly string _source;
    readonly string _output;
    readonly Lazy<Task> _built;
    int _files;

    public ToolkitClient(string toolkit, ToolkitGateway gateway)
    {
        (_toolkit, _gateway) = (toolkit, gateway);
        _source = ToolkitRequirements.Folder(toolkit);
        _output = gateway.Folder($"build-{toolkit}");
        _built = new(BuildAsync);
    }

    /// <summary>OpenTransfer and GetTransferStatus.</summary>
    public async Task OpensAsync(params (string Name, string Value)[] variables)
    {
        var file = NewFile(ToolkitFiles.Cp932Csv);

        var run = (await RunAsync("open", file, variables)).Ended(0);

        run.Says("state", "Open").Says("transferId", Path.GetFileName(file));
        var chunkSize = long.Parse(run["chunkSize"] ?? "", CultureInfo.InvariantCulture);
        var status = await StatusAsync(file);
        Assert.Equal(("Open", chunkSize), (status?.State, status?.ChunkSize));
    }

    /// <summary>Hands a content in and finds it unchanged in the receiver's folder.</summary>
    /// <param name="command"><c>submit</c> or <c>put</c>.</param>
    /// <param name="content">The content.</param>
    /// <param name="variables">More or other options.</param>
    public Task DeliversAsync(string command, byte[] content, params (string Name, string Value)[] variables) =>
        DeliversAsync(command, NewFile(content), variables);

    /// <summary>Hands a file in whose name, and so the transfer's id, has characters that XML escapes and others than ASCII.</summary>
    public Task DeliversUnderAJapaneseNameAsync(string command, params (string Name, string Value)[] variables)
    {
        var file = NewPath("家屋&亀山髙 ");
        File.WriteAllBytes(file, ToolkitFiles.Cp932Csv);
        return DeliversAsync(command, file, variables);
    }

    /// <summary>Hands a file of a size in, most of it zeros, and finds it unchanged in the receiver's folder.</summary>
    public Task DeliversLargeAsync(string command, long size, params (string Name, string Value)[] variables) =>
        DeliversAsync(command, NewName(_gateway.LargeFile(size)), variables);

    /// <summary>A file that no route names is refused: the toolkit's own fault holds our code and text, and nothing is kept.</summary>
    public Task ReadsTheFaultAsync(string command, params (string Name, string Value)[] variables) =>
        IsRefusedAsync(command, NewFile(ToolkitFiles.Cp932Csv), "LG-3002", [("LINKGW_RECEIVER", ToolkitGateway.Stranger), .. variables]);

    /// <summary>The refusal of a large file, which comes while it is still being sent, is read as a fault and not as a reset.</summary>
    public Task ReadsTheFaultOfALargeFileAsync(string command, long size, params (string Name, string Value)[] variables) =>
        IsRefusedAsync(
            command, NewName(_gateway.LargeFile(size)), "LG-3002", [("LINKGW_RECEIVER", ToolkitGateway.Stranger), .. variables]);

    /// <summary>A call ends in a fault and nothing is kept.</summary>
    /// <param name="command">The command.</param>
    /// <param name="content">The file's content.</param>
    /// <param name="code">Code of the fault.</param>
    /// <param name="variables">More or other options.</param>
    public Task IsRefusedAsync(string command, byte[] content, string code, params (string Name, string Value)[] variables) =>
        IsRefusedAsync(command, NewFile(content), code, variables);

    /// <summary>Runs the client.</summary>
    /// <param name="command"><c>open</c>, <c>submit</c> or <c>put</c>.</param>
    /// <param name="file">The file; its name is the transfer's id as well.</param>
    /// <param name="variables">More or other options.</param>
    public Task<ToolkitRun> RunAsync(string command, string file, params (string Name, string Value)[] variables) => RunProgramAsync(
        "client", command, file,
        [
            ("LINKGW_INTERFACE", ToolkitGateway.Interface),
            ("LINKGW_RECEIVER", ToolkitGateway.Receiver),
            ("LINKGW_ENVIRONMENT", ToolkitGateway.Environment),
            ("LINKGW_TRANSFER", Path.GetFileName(file)),
            .. variables,
        ]);

    /// <summary>Fetches a content from the toolkit's inbox, confirms it, and finds it unchanged in a folder.</summary>
    /// <param name="command"><c>file</c>, <c>chunks</c> or <c>data</c>.</param>
    /// <param name="content">The content.</param>
    /// <param name="variables">More or other options.</param>
    public async Task FetchesAsync(string command, byte[] content, params (string Name, string Value)[] variables)
    {
        var sent = NewFile(content);
        var name = Path.GetFileName(sent);
        var receiver = ToolkitGateway.InboxOf(_toolkit);
        var manifest = new Manifest
        {
            Origin = ToolkitGateway.Origin,
            Receivers = [receiver],
            InterfaceId = ToolkitGateway.Interface,
            TransferId = name,
            Kind = "full",
            Environment = ToolkitGateway.Environment,
            FileName = name,
        };
        var request = new SubmitFileRequest { Transfer = new TransferReference(), Manifest = manifest, File = "" };
        Assert.True((await _gateway.AsOrigin.SubmitFileAsync(request, UploadContent.From(content), CancellationToken.None)).Answered);
        var offered = await _gateway.As(receiver).ListInboxAsync(new ListInboxRequest { WaitSeconds = 30 }, CancellationToken.None);
        Assert.Contains(name, offered.Value!.Items.Select(item => item.TransferId));
        var folder = _gateway.Folder($"fetched-{_toolkit}");

        var run = (await RunProgramAsync("inbox", command, folder, [("LINKGW_USER", receiver), .. variables])).Ended(0);

        run.Says("state", "Delivered").Says("sha256", TempFolder.Sha256(sent));
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder, name)));
        Assert.Equal("Delivered", Assert.Single((await StatusAsync(sent))!.Deliveries).State);
    }

    async Task<ToolkitRun> RunProgramAsync(string program, string command, string path, (string Name, string Value)[] variables)
    {
        await _built.Value;
        return await ToolkitProcess.RunAsync(Path.Combine(_source, program), [command, path], _output,
        [
            ("LINKGW_URL", _gateway.Address.ToString()),
            ("LINKGW_WSDL", $"{_gateway.Address}?wsdl"),
            ("LINKGW_USER", ToolkitGateway.Origin),
            ("LINKGW_PASSWORD", _gateway.Password),
            ("LINKGW_CA", _gateway.CertificateAuthority),
            ("LINKGW_BUILD", _output),
            .. variables,
        ]);
    }

    /// <summary>Writes a content under a name of its own.</summary>
    public string NewFile(byte[] content)
    {
        var path = NewPath();
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Whether nothing of a transfer is kept: no chunk, no file.</summary>
    public async Task AssertNothingIsKeptAsync(string file)
    {
        var status = await StatusAsync(file);
        Assert.NotEqual("Accepted", status?.State);
        Assert.Empty(status?.Held ?? []);
        Assert.False(File.Exists(Path.Combine(_gateway.Landing, Path.GetFileName(file))));
    }

    async Task DeliversAsync(string command, string file, (string Name, string Value)[] variables)
    {
        var run = (await RunAsync(command, file, variables)).Ended(0);

        var sha256 = TempFolder.Sha256(file);
        using var handle = File.OpenHandle(file);
        var size = RandomAccess.GetLength(handle);
        run.Says("receipt", "accepted").Says("size", size.ToString(CultureInfo.InvariantCulture)).Says("sha256", sha256);
        var landed = Path.Combine(_gateway.Landing, Path.GetFileName(file));
        await Patience.UntilAsync(() => Task.FromResult(File.Exists(landed + ".ctl.json")), there => there);
        Assert.Equal(sha256, TempFolder.Sha256(landed));
        File.Delete(landed);
    }

    async Task IsRefusedAsync(string command, string file, string code, (string Name, string Value)[] variables)
    {
        var run = (await RunAsync(command, file, variables)).Ended(ToolkitRun.Fault).Says("fault", code);

        Assert.False(string.IsNullOrWhiteSpace(run["text"]), run.ToString());
        await AssertNothingIsKeptAsync(file);
    }

    async Task<TransferStatusResult?> StatusAsync(string file)
    {
        var request = new GetTransferStatusRequest { Transfer = new TransferReference { TransferId = Path.GetFileName(file) } };
        return (await _gateway.AsOrigin.GetTransferStatusAsync(request, CancellationToken.None)).Value;
    }

    // Made by the service's own published document, which needs no credentials.
    async Task BuildAsync()
    {
        var build = Path.Combine(_source, "build");
        if (!File.Exists(build)) return;
        (await ToolkitProcess.RunAsync(build, [$"{_gateway.Address}?wsdl", _output], _output,
            [("LINKGW_CA", _gateway.CertificateAuthority), ("LINKGW_BUILD", _output)])).Ended(0);
    }

    // Hard to copy a large file, easy to give it one more name.
    string NewName(string file)
    {
        var path = NewPath();
        File.CreateSymbolicLink(path, file);
        return path;
    }

    string NewPath(string prefix = "") =>
        Path.Combine(_gateway.Folder("outbox"), $"{prefix}{_toolkit}-{Interlocked.Increment(ref _files)}.csv");
}
