using LinkGateway.Client.Gateway;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.States;

namespace LinkGateway.Cli.Commands;

public sealed class SendCommandTests
{
    [Fact]
    public async Task An_accepted_file_ends_with_0_and_names_the_receipt()
    {
        await using var bench = await CliBench.StartAsync();
        var content = TempFolder.Bytes(200_000);

        var code = await bench.SendAsync(bench.Folder.File("houses.csv", content));

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(content, bench.Gateway.Service.Only.Bytes);
        Assert.Contains(bench.Gateway.Service.Only.Receipt!.ReceiptId, bench.Out, StringComparison.Ordinal);
        Assert.Contains("Committing.", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_option_of_the_manifest_reaches_the_gateway()
    {
        await using var bench = await CliBench.StartAsync();

        await bench.SendAsync(bench.Folder.File("houses.csv", [1]),
            "--to", "zei,koseki", "--origin", "142051-kaoku", "--kind", "difference", "--id", "night-7", "--record-count", "42",
            "--charset", "windows-31j", "--base-date", "2026-11-01", "--base-transfer", "night-6", "--interface-version", "3",
            "--media-type", "text/plain", "--name", "H.csv", "--not-after", "2099-01-01T00:00:00+09:00",
            "--property", "job=J1", "--property", "note=a=b");

        var manifest = bench.Gateway.Service.Only.Manifest;
        Assert.Equal(["kaoku", "zei", "koseki"], manifest.Receivers);
        Assert.Equal(("142051-kaoku", "night-7", 42L), (manifest.Origin, manifest.TransferId, manifest.RecordCount));
        Assert.Equal(("difference", "3"), (manifest.Kind, manifest.InterfaceVersion));
        Assert.Equal(("windows-31j", "text/plain", "H.csv"), (manifest.Charset, manifest.MediaType, manifest.FileName));
        Assert.Equal((new DateOnly(2026, 11, 1), "night-6", 1L), (manifest.BaseDate, manifest.BaseTransferId, manifest.Size));
        Assert.Equal(new DateTimeOffset(2098, 12, 31, 15, 0, 0, TimeSpan.Zero), manifest.NotAfter);
        Assert.Equal([new NameValue("job", "J1"), new NameValue("note", "a=b")], manifest.Properties);
    }

    [Theory]
    [InlineData("LG-3002", FaultSide.Sender, ExitCode.Refused)]
    [InlineData("LG-5002", FaultSide.Gateway, ExitCode.Temporary)]
    [InlineData("LG-2003", FaultSide.Sender, ExitCode.TakenOver)]
    public async Task A_refusal_ends_with_the_code_of_its_side(string errorCode, FaultSide side, int expected)
    {
        await using var bench = await CliBench.StartAsync();
        bench.Gateway.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(new ErrorEntry(errorCode, side, "So it is.", "そうです。")));

        var code = await bench.SendAsync(bench.Folder.File("houses.csv", [1]));

        Assert.Equal(expected, code);
        Assert.Empty(bench.Out);
    }

    [Fact]
    public async Task Receipts_that_cannot_be_written_never_make_an_accepted_file_look_unsent()
    {
        await using var bench = await CliBench.StartAsync();
        var file = bench.Folder.File("houses.csv", [1]);
        var taken = bench.Folder.File("receipts", []);

        Assert.Equal(ExitCode.Temporary, await bench.SendAsync(file, "--out", taken));
        Assert.Contains(bench.Gateway.Service.Only.Receipt!.ReceiptId, bench.Error, StringComparison.Ordinal);

        File.Delete(taken);
        Assert.Equal(ExitCode.Ok, await bench.SendAsync(file, "--out", taken));
        Assert.Single(bench.Gateway.Service.Transfers);
        Assert.Single(Directory.GetFiles(taken));
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_temporary()
    {
        await using var bench = await CliBench.StartAsync();
        var address = bench.Gateway.Address.AbsoluteUri;
        await bench.Gateway.DisposeAsync();

        var code = await bench.SendAsync(bench.Folder.File("houses.csv", [1]), "--server", address, "--tries", "1");

        Assert.Equal(ExitCode.Temporary, code);
        Assert.Contains("the same command continues", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changes_ends_with_5()
    {
        await using var bench = await CliBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(10));
        bench.Gateway.Service.Tricks = (operation, _) =>
            operation == "PutChunk" ? new Trick.Run(() => File.AppendAllText(path, "x")) : null;

        Assert.Equal(ExitCode.FileChanged, await bench.SendAsync(path));

        bench.Gateway.Service.Tricks = (_, _) => null;
        Assert.Equal(ExitCode.FileChanged, await bench.SendAsync(path));
        Assert.Equal(ExitCode.Ok, await bench.SendAsync(path, "--new"));
    }

    [Theory]
    [InlineData(DeliveryState.Delivered, ExitCode.Ok)]
    [InlineData(DeliveryState.Held, ExitCode.NotDelivered)]
    [InlineData(DeliveryState.Failed, ExitCode.DeliveryFailed)]
    public async Task Waiting_for_delivery_ends_with_what_became_of_it(DeliveryState state, int expected)
    {
        await using var bench = await CliBench.StartAsync();
        var error = state == DeliveryState.Failed ? "disk full" : null;
        bench.Gateway.Service.Deliveries = (_, _) => [FakeGateway.Delivery("kaoku", state, error)];

        var code = await bench.SendAsync(bench.Folder.File("houses.csv", [1]), "--wait", "delivered", "--timeout", "0s");

        Assert.Equal(expected, code);
    }

    [Fact]
    public async Task A_state_file_of_another_order_ends_with_2_and_says_what_to_do()
    {
        await using var bench = await CliBench.StartAsync();
        var path = bench.Folder.File("houses.csv", [1]);
        await bench.SendAsync(path);

        var code = await bench.SendAsync(path, "--interface", "land-tax");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("interfaceId", bench.Error, StringComparison.Ordinal);
        Assert.Contains("--new", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_object_on_standard_output()
    {
        await using var bench = await CliBench.StartAsync();

        var code = await bench.SendAsync(bench.Folder.File("houses.csv", TempFolder.Bytes(70_000)), "--json");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("accepted", bench.Json.GetProperty("result").GetString());
        Assert.Equal(70_000, bench.Json.GetProperty("bytesSent").GetInt64());
        Assert.Equal(bench.Gateway.Service.Only.Receipt!.ReceiptId, bench.Json.GetProperty("receipt").GetProperty("receiptId").GetString());
        Assert.Empty(bench.Error);
    }

    [Fact]
    public async Task Json_of_a_refusal_holds_code_and_side()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Gateway.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(ErrorCatalogue.NoRoute, "juki", "house-tax", "kaoku"));

        var code = await bench.SendAsync(bench.Folder.File("houses.csv", [1]), "--json");

        Assert.Equal(ExitCode.Refused, code);
        string[] names = ["result", "errorCode", "errorSide", "exitCode"];
        Assert.Equal(["refused", "LG-3002", "sender", "3"], names.Select(name => bench.Json.GetProperty(name).ToString()));
    }

    [Fact]
    public async Task Standard_input_is_sent_under_the_name_given()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Input = TempFolder.Bytes(300_000);

        var code = await bench.SendAsync("-", "--name", "houses.csv", "--chunk-size", "64KiB");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(bench.Input, bench.Gateway.Service.Only.Bytes);
        Assert.Contains("cannot be resumed", bench.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await bench.SendAsync("-"));
    }

    [Fact]
    public async Task A_dry_run_shows_the_manifest_and_calls_nobody()
    {
        await using var bench = await CliBench.StartAsync();
        var path = bench.Folder.File("houses.csv", [1, 2, 3]);

        var code = await bench.SendAsync(path, "--dry-run");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(3, bench.Json.GetProperty("size").GetInt64());
        Assert.Equal("house-tax", bench.Json.GetProperty("manifest").GetProperty("interfaceId").GetString());
        Assert.Empty(bench.Gateway.Service.Calls);
        Assert.False(File.Exists(TransferStateFile.PathFor(path)));
        File.WriteAllText(TransferStateFile.PathFor(path), "{");
        Assert.Equal(ExitCode.Usage, await bench.SendAsync(path, "--dry-run"));
    }

    [Fact]
    public async Task Receipts_are_written_to_the_folder_given()
    {
        await using var bench = await CliBench.StartAsync();

        await bench.SendAsync(bench.Folder.File("houses.csv", [1]), "--out", bench.Folder.In("evidence"));

        var file = Assert.Single(Directory.GetFiles(bench.Folder.In("evidence")));
        Assert.Equal(bench.Gateway.Service.Only.Receipt!.ReceiptDocument, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task Receipts_are_verified_at_once_where_certificates_are_given()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Gateway.Service.Deliveries = (_, _) => [FakeGateway.Delivery("kaoku", DeliveryState.Delivered)];
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(10));
        using var other = TestCertificates.Create("other");
        var stranger = bench.Folder.File("other.cer", other.RawData);

        Assert.Equal(ExitCode.Ok, await bench.SendAsync(path, "--wait", "delivered", "--receipt-trust", bench.ReceiptCertificate()));
        Assert.Equal(ExitCode.NotVerified, await bench.SendAsync(path, "--wait", "delivered", "--receipt-trust", stranger));
        Assert.Contains(bench.Gateway.Service.Only.Receipt!.ReceiptId, bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_command_ends_with_130()
    {
        await using var bench = await CliBench.StartAsync();
        using var cancellation = new CancellationTokenSource();
        bench.Gateway.Service.Tricks = (_, _) => new Trick.Run(cancellation.Cancel);
        var path = bench.Folder.File("houses.csv", [1]);

        var code = await bench.RunAsync(["send", path, "--to", "kaoku", "--interface", "house-tax", .. bench.Server], cancellation.Token);

        Assert.Equal(ExitCode.Cancelled, code);
    }

    [Theory]
    [InlineData("--kind", "some")]
    [InlineData("--chunk-size", "16XB")]
    [InlineData("--timeout", "soon")]
    [InlineData("--in-flight", "0")]
    [InlineData("--base-date", "1 November")]
    [InlineData("--property", "nothing")]
    [InlineData("--password-file", "/nowhere/password")]
    [InlineData("--trust", "/nowhere/cert.pem")]
    [InlineData("--server", "gateway")]
    [InlineData("--profile", "nobody")]
    [InlineData("--id", "a\u0001b")]
    [InlineData("--no-such-option", "")]
    public async Task A_wrong_value_ends_with_2_before_anything_is_sent(string option, string value)
    {
        await using var bench = await CliBench.StartAsync();

        var code = await bench.RunAsync(["send", bench.Folder.File("houses.csv", [1]), "--to", "kaoku", "--interface", "house-tax",
            .. option == "--server" ? ["--user", "juki"] : bench.Server, option, value]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.NotEmpty(bench.Error);
        Assert.Empty(bench.Gateway.Service.Calls);
    }

    [Fact]
    public async Task A_missing_file_or_password_ends_with_2()
    {
        await using var bench = await CliBench.StartAsync();
        var path = bench.Folder.File("houses.csv", [1]);

        Assert.Equal(ExitCode.Usage, await bench.SendAsync(bench.Folder.In("nowhere.csv")));
        bench.Variables.Remove("LINKGW_PASSWORD");
        Assert.Equal(ExitCode.Usage, await bench.SendAsync(path));
        Assert.Contains("LINKGW_PASSWORD", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_file_nor_a_list_and_both_are_refused()
    {
        await using var bench = await CliBench.StartAsync();
        var path = bench.Folder.File("houses.csv", [1]);

        Assert.Equal(ExitCode.Usage, await bench.RunAsync(["send", "--to", "kaoku", "--interface", "house-tax", .. bench.Server]));
        Assert.Equal(ExitCode.Usage, await bench.SendAsync(path, "--from-list", path));
    }

    [Fact]
    public async Task A_single_member_of_a_set_says_so()
    {
        await using var bench = await CliBench.StartAsync();

        await bench.SendAsync(bench.Folder.File("houses.csv", [1]), "--set-id", "night-1", "--set-index", "2", "--set-count", "3");

        var manifest = bench.Gateway.Service.Only.Manifest;
        Assert.Equal(("night-1", 2, 3), (manifest.SetId, manifest.SetIndex, manifest.SetCount));
    }
}
