using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Receive;

/// <summary><c>linkgw receive</c> and <c>linkgw send</c> as processes, with a gateway's inbox between them.</summary>
public sealed class ReceiveTests
{
    const int Size = 24 << 20;
    const int ChunkSize = 1 << 20;

    [Fact]
    public async Task A_file_sent_is_received_applied_by_the_job_and_proven_to_the_sender()
    {
        using var gateways = await StartAsync();
        var file = await SendAsync(gateways, "t1", "kaoku.csv", Size);
        var job = "cp \"$LINKGW_FILE\" imported && echo '{\"accepted\": 12, \"rejected\": 1}' > \"$LINKGW_RESULT_FILE\"";

        var result = (await ReceiveAsync(gateways, "--job", job, "--receipts", "evidence")).Ended(0).Json.GetProperty("files")[0];

        Assert.Equal(("applied", "t1"), (result.GetProperty("result").GetString(), result.GetProperty("transferId").GetString()));
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Path.Combine(Into(gateways), "kaoku.csv")));
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Path.Combine(gateways.Temp.Root, "imported")));
        await gateways.UntilAtAAsync("t1", DeliveryState.Applied);
        Assert.Equal(["accepted", "delivered", "applied"], (await gateways.ReceiptsAsync("t1")).Select(receipt => receipt.Kind));
        var evidence = Directory.GetFiles(Path.Combine(gateways.Temp.Root, "evidence"));
        Assert.Equal(2, evidence.Length);
        foreach (var receipt in evidence)
            (await gateways.RunAsync("verify", receipt, file, "--trust", gateways.A.ReceiptCertificate)).Ended(0);
    }

    [Fact]
    public async Task A_receiver_killed_while_it_fetches_goes_on_under_its_lease()
    {
        using var gateways = await StartAsync();
        var file = await SendAsync(gateways, "t1", "kaoku.csv", Size);
        using (var killed = Start(gateways))
        {
            await Patience.UntilAsync(() => Task.FromResult(IsLeased(gateways)), leased => leased || killed.HasExited);
            await killed.KillAsync();
        }

        var second = await ReceiveAsync(gateways);

        // Where the first was quicker than the kill, nothing is left; it is there once in either case.
        second.Ended(0);
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Path.Combine(Into(gateways), "kaoku.csv")));
        await gateways.UntilAtAAsync("t1", DeliveryState.Delivered);
        Assert.Single(Directory.GetFiles(Into(gateways)));
        (await ReceiveAsync(gateways)).Ended(0);
        Assert.Single(Directory.GetFiles(Into(gateways)));
    }

    [Fact]
    public async Task A_receiver_killed_within_its_job_runs_it_again_as_the_next_attempt_and_reports_once()
    {
        using var gateways = await StartAsync();
        await SendAsync(gateways, "t1", "kaoku.csv", 1000);
        // The first attempt, which outlives its linkgw, ends with the test's folder.
        const string Job = "echo $LINKGW_ATTEMPT >> attempts; "
            + "test $LINKGW_ATTEMPT != 1 || while test -d akiya-received; do sleep 0.2; done";
        var attempts = Path.Combine(gateways.Temp.Root, "attempts");
        using (var killed = Start(gateways, "--job", Job))
        {
            await Patience.UntilAsync(() => Task.FromResult(File.Exists(attempts) && Text(attempts).Length > 0), begun => begun);
            await killed.KillAsync();
        }
        Assert.Equal("Delivered", (await gateways.UntilAtAAsync("t1", DeliveryState.Delivered)).Deliveries[0].State);

        (await ReceiveAsync(gateways, "--job", Job)).Ended(0);

        Assert.Equal("1\n2\n", Text(attempts));
        await gateways.UntilAtAAsync("t1", DeliveryState.Applied);
        Assert.Single(await gateways.ReceiptsAsync("t1"), receipt => receipt.Kind == "applied");
    }

    [Fact]
    public async Task A_gateway_killed_in_the_middle_of_a_fetch_is_waited_for()
    {
        using var gateways = await StartAsync();
        var file = await SendAsync(gateways, "t1", "kaoku.csv", Size);
        using var receiving = Start(gateways);

        // With its lease it goes on after the restart; without one it would leave the file to the next run.
        await Patience.UntilAsync(() => Task.FromResult(IsLeased(gateways)), leased => leased || receiving.HasExited);

        await gateways.A.KillAsync();
        await gateways.A.StartAsync();

        (await receiving.ResultAsync()).Ended(0);
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Path.Combine(Into(gateways), "kaoku.csv")));
    }

    [Fact]
    public async Task A_watching_receiver_takes_what_comes_and_ends_by_a_signal()
    {
        using var gateways = await StartAsync();
        using var watching = Start(gateways, "--watch");
        await SendAsync(gateways, "t1", "first.csv", 1000);
        await gateways.UntilAtAAsync("t1", DeliveryState.Delivered);
        await SendAsync(gateways, "t2", "second.csv", 2000);
        await gateways.UntilAtAAsync("t2", DeliveryState.Delivered);

        watching.Terminate();

        Assert.Equal(130, (await watching.ResultAsync()).ExitCode);
        Assert.Equal(["first.csv", "second.csv"], Directory.GetFiles(Into(gateways)).Select(path => Path.GetFileName(path)).Order());
    }

    static Task<TwoGateways> StartAsync() => TwoGateways.StartAsync(changeA: json =>
    {
        json["participants"]!.AsArray().Single(one => (string?)one!["id"] == Configurations.Receiver)!["credentials"] = JsonNode.Parse(
            $$"""{ "basic": { "user": "{{Configurations.Receiver}}", "password": "env:{{Passwords.OfReceiver}}" } }""");
        json["destinations"]!.AsArray().Add(JsonNode.Parse("""{ "id": "akiya-inbox", "kind": "inbox" }"""));
        json["routes"]!.AsArray().Single(one => (string?)one!["receiver"] == Configurations.Receiver)!["destination"] = "akiya-inbox";
    });

    static async Task<string> SendAsync(TwoGateways gateways, string id, string name, int size)
    {
        var file = gateways.Temp.File(name, size);
        (await gateways.RunAsync(gateways.Send(file, "--id", id, "--chunk-size", $"{ChunkSize}"))).Ended(0);
        await gateways.UntilOfferedAtAAsync(id);
        return file;
    }

    static Linkgw Start(TwoGateways gateways, params string[] more) => Linkgw.Start(
        gateways.Temp.Root,
        Passwords.Environment[Passwords.OfReceiver],
        [
            "receive", "--into", Into(gateways), .. gateways.ToA(Configurations.Receiver), "--receipt-trust", gateways.A.ReceiptCertificate,
            "--tries", "30", "--json", .. more,
        ]);

    static async Task<LinkgwResult> ReceiveAsync(TwoGateways gateways, params string[] more)
    {
        using var receiving = Start(gateways, more);
        return await receiving.ResultAsync();
    }

    static string Into(TwoGateways gateways) => Path.Combine(gateways.Temp.Root, "akiya-received");

    static bool IsLeased(TwoGateways gateways)
    {
        var folder = Path.Combine(Into(gateways), ".linkgw-receive");
        return Directory.Exists(folder)
            && Directory.GetFiles(folder, "*.json").Any(path => Text(path).Contains("\"lease\"", StringComparison.Ordinal));
    }

    static string Text(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            // The receiver has finished with it.
            return "";
        }
    }
}
