using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Delivery;

/// <summary>Programs that a gateway runs after it has published a file.</summary>
public sealed class FolderJobTests
{
    [Fact]
    public async Task The_result_of_the_receiving_gateways_job_comes_back_to_the_origin_as_applied_receipt()
    {
        var script = """
            printf '%s %s %s' "$LINKGW_TRANSFER_ID" "$LINKGW_ATTEMPT" "${GW_A_PASSWORD-none}" > "$LINKGW_FILE.told"
            echo '{"accepted": 12, "rejected": 1}' > "$LINKGW_RESULT_FILE"
            """;
        using var gateways = await TwoGateways.StartAsync(changeB: json => json["destinations"]![0]!["jobs"] =
            new JsonObject { ["onDelivered"] = new JsonArray("/bin/sh", "-c", script) });
        var file = gateways.Temp.File("kaoku.csv", 1000);

        (await gateways.RunAsync(gateways.Send(file, "--id", "t1", "--wait", "delivered"))).Ended(0);

        await gateways.UntilAtAAsync("t1", DeliveryState.Applied);
        var kinds = (await gateways.ReceiptsAsync("t1")).Select(receipt => receipt.Kind);
        Assert.Equal(["accepted", "accepted", "delivered", "applied"], kinds);
        Assert.Equal("t1 1 none", await File.ReadAllTextAsync(Path.Combine(gateways.Landing, "kaoku.csv.told")));
    }

    [Fact]
    public async Task A_job_that_a_killed_gateway_left_is_run_again()
    {
        // The first run, which outlives its gateway, ends with the file.
        const string Script = "echo $LINKGW_ATTEMPT >> $LINKGW_FILE.runs; "
            + "test $LINKGW_ATTEMPT != 1 || while test -e $LINKGW_FILE; do sleep 0.2; done";
        using var gateways = await TwoGateways.StartAsync(changeB: json => json["destinations"]![0]!["jobs"] =
            new JsonObject { ["onDelivered"] = new JsonArray("/bin/sh", "-c", Script) });
        var file = gateways.Temp.File("kaoku.csv", 1000);
        (await gateways.RunAsync(gateways.Send(file, "--id", "t1", "--wait", "delivered"))).Ended(0);
        var runs = Path.Combine(gateways.Landing, "kaoku.csv.runs");
        await Patience.UntilAsync(async () => File.Exists(runs) ? await File.ReadAllTextAsync(runs) : "", begun => begun == "1\n");

        await gateways.B.KillAsync();
        await gateways.B.StartAsync();

        await gateways.UntilAtAAsync("t1", DeliveryState.Applied);
        Assert.Equal("1\n2\n", await File.ReadAllTextAsync(runs));
    }
}
