using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Intake;

/// <summary>What <c>linkgw send</c> does when the file or the gateway is not what it should be.</summary>
public sealed class LinkgwTests(SharedGateways shared) : IClassFixture<SharedGateways>
{
    const int FileChanged = 5;
    const int Temporary = 4;

    readonly TwoGateways _gateways = shared.Both;

    [Fact]
    public async Task A_file_that_changes_while_it_is_sent_is_never_committed()
    {
        var file = _gateways.Temp.File("changed.csv", 16 << 20);
        var middle = _gateways.A.Relay.HoldAfter(8 << 20);
        using var sending = _gateways.Start(_gateways.Send(file, "--id", "changed", "--chunk-size", "1MiB"));
        await middle;

        await using (var writer = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.Position = 15 << 20;
            await writer.WriteAsync(new byte[100]);
        }
        _gateways.A.Relay.Release();

        (await sending.ResultAsync()).Ended(FileChanged);
        Assert.Equal("Open", (await _gateways.StatusAtAAsync("changed")).State);
        Assert.DoesNotContain("changed.csv", Landing.Names(_gateways.Landing));
    }

    [Fact]
    public async Task A_pipe_of_unknown_length_arrives_whole()
    {
        var file = _gateways.Temp.File("piped.csv", (5 << 20) + 7);
        using var sending = _gateways.Start(_gateways.Send("-", "--name", "piped.csv", "--chunk-size", "1MiB", "--wait", "delivered"));

        await sending.PipeAsync(file);

        (await sending.ResultAsync()).Ended(0);
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Path.Combine(_gateways.Landing, "piped.csv")));
    }

    [Fact]
    public async Task A_gateway_that_shows_another_certificate_than_the_trusted_one_gets_nothing_of_the_file()
    {
        var file = _gateways.Temp.File("secret.csv", 1 << 20);
        var (right, wrong) = (_gateways.A.TlsCertificate, _gateways.B.TlsCertificate);
        string[] command = [.. _gateways.Send(file).Select(word => word == right ? wrong : word), "--tries", "2"];
        var before = _gateways.A.Relay.Sent;

        (await _gateways.RunAsync(command)).Ended(Temporary);

        // Two handshakes, broken off by the client.
        Assert.InRange(_gateways.A.Relay.Sent - before, 1, 8 << 10);
    }
}
