using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Intake;

/// <summary>What <c>linkgw send</c> does when the file or the gateway is not what it should be.</summary>
public sealed class LinkgwTests
{
    const int FileChanged = 5;
    const int Temporary = 4;

    [Fact]
    public async Task A_file_that_changes_while_it_is_sent_is_never_committed()
    {
        using var gateways = await TwoGateways.StartAsync();
        var file = gateways.Temp.File("kaoku.csv", 16 << 20);
        var middle = gateways.A.Relay.HoldAfter(8 << 20);
        using var sending = gateways.Start(gateways.Send(file, "--id", "changed", "--chunk-size", "1MiB"));
        await middle;

        await using (var writer = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.Position = 15 << 20;
            await writer.WriteAsync(new byte[100]);
        }
        gateways.A.Relay.Release();

        (await sending.ResultAsync()).Ended(FileChanged);
        Assert.Equal("Open", (await gateways.StatusAtAAsync("changed")).State);
        Assert.Empty(Landing.Names(gateways.Landing));
    }

    [Fact]
    public async Task A_pipe_of_unknown_length_arrives_whole()
    {
        using var gateways = await TwoGateways.StartAsync();
        var file = gateways.Temp.File("kaoku.csv", (5 << 20) + 7);
        using var sending = gateways.Start(gateways.Send("-", "--name", "kaoku.csv", "--chunk-size", "1MiB", "--wait", "delivered"));

        await sending.PipeAsync(file);

        (await sending.ResultAsync()).Ended(0);
        Landing.HoldsOnly(gateways.Landing, file);
    }

    [Fact]
    public async Task A_gateway_that_shows_another_certificate_than_the_trusted_one_gets_neither_password_nor_file()
    {
        using var gateways = await TwoGateways.StartAsync();
        var file = gateways.Temp.File("kaoku.csv", 1 << 20);
        var (right, wrong) = (gateways.A.TlsCertificate, gateways.B.TlsCertificate);
        string[] command = [.. gateways.Send(file).Select(word => word == right ? wrong : word), "--tries", "2"];

        (await gateways.RunAsync(command)).Ended(Temporary);

        // Two handshakes, broken off by the client.
        Assert.InRange(gateways.A.Relay.Sent, 1, 8 << 10);
        Assert.DoesNotContain("LG-3005", gateways.A.Log, StringComparison.Ordinal);
    }
}
