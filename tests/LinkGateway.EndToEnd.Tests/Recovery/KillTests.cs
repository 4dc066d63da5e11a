using LinkGateway.Contract.Messages;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Recovery;

/// <summary>SIGKILL in the middle of a transfer: it goes on by itself, and what was durable is not sent again.</summary>
public sealed class KillTests
{
    const int Size = 32 << 20;
    const int ChunkSize = 1 << 20;
    const int Middle = 18 << 20;

    // What is sent besides the missing chunks: TLS, HTTP and SOAP around each, the opening, the commit with its receipt, long polls.
    const int AroundChunks = 1 << 20;

    // The sender repeats the calls that were not answered; some of those chunks may have become durable nevertheless.
    const int InFlight = 8 * ChunkSize;

    // More tries than by default: the start of a gateway may take long.
    static readonly string[] Options = ["--id", "t1", "--chunk-size", "1MiB", "--tries", "100", "--wait", "delivered"];

    [Fact]
    public async Task Killed_receiving_gateway_gets_only_the_missing_chunks_after_its_restart()
    {
        using var gateways = await TwoGateways.StartAsync();
        var file = gateways.Temp.File("kaoku.csv", Size);
        var middle = gateways.B.Relay.HoldAfter(Middle);
        using var sending = gateways.Start(gateways.Send(file, Options));
        await middle;

        await gateways.B.KillAsync();
        await gateways.B.StartAsync();
        var missing = Missing(await gateways.StatusAtBAsync("t1"));
        var before = gateways.B.Relay.Sent;
        gateways.B.Relay.Release();

        (await sending.ResultAsync()).Ended(0);
        Assert.InRange(gateways.B.Relay.Sent - before, missing, missing + AroundChunks);
        Landing.HoldsOnly(gateways.Landing, file);
    }

    [Fact]
    public async Task Killed_entry_gateway_gets_only_the_missing_chunks_from_the_same_run_of_the_sender()
    {
        using var gateways = await TwoGateways.StartAsync();
        var file = gateways.Temp.File("kaoku.csv", Size);
        var middle = gateways.A.Relay.HoldAfter(Middle);
        using var sending = gateways.Start(gateways.Send(file, Options));
        await middle;

        await gateways.A.KillAsync();
        await gateways.A.StartAsync();
        var missing = Missing(await gateways.StatusAtAAsync("t1"));
        var before = gateways.A.Relay.Sent;
        gateways.A.Relay.Release();

        (await sending.ResultAsync()).Ended(0);
        Assert.InRange(gateways.A.Relay.Sent - before, missing, missing + InFlight + AroundChunks);
        Landing.HoldsOnly(gateways.Landing, file);
    }

    [Fact]
    public async Task Killed_sender_continues_the_same_transfer_when_the_same_command_is_given_again()
    {
        using var gateways = await TwoGateways.StartAsync();
        var file = gateways.Temp.File("kaoku.csv", Size);
        var command = gateways.Send(file, "--chunk-size", "1MiB", "--wait", "delivered");
        var middle = gateways.A.Relay.HoldAfter(Middle);
        using (var killed = gateways.Start(command))
        {
            await middle;
            await killed.KillAsync();
        }
        gateways.A.Relay.Release();

        var result = (await gateways.RunAsync(command)).Ended(0).Json;

        var held = result.GetProperty("bytesHeld").GetInt64();
        Assert.InRange(held, Middle / 2, Size - ChunkSize);
        Assert.InRange(result.GetProperty("bytesSent").GetInt64(), 1, Size - held);
        var state = await File.ReadAllTextAsync(file + ".linkgw");
        Assert.Contains(result.GetProperty("transferId").GetString()!, state, StringComparison.Ordinal);
        Landing.HoldsOnly(gateways.Landing, file);
    }

    [Fact]
    public async Task Terminated_gateway_ends_within_its_stop_time_and_the_upload_goes_on_after_its_restart()
    {
        using var gateways = await TwoGateways.StartAsync();
        await gateways.A.StopAsync();
        await gateways.A.StartAsync("--stop-seconds", "1");
        var file = gateways.Temp.File("kaoku.csv", Size);
        var middle = gateways.A.Relay.HoldAfter(Middle);
        using var sending = gateways.Start(gateways.Send(file, Options));
        await middle;

        // The requests that run cannot end: the relay holds them.
        Assert.Equal(0, await gateways.A.StopAsync());
        await gateways.A.StartAsync();
        var missing = Missing(await gateways.StatusAtAAsync("t1"));
        var before = gateways.A.Relay.Sent;
        gateways.A.Relay.Release();

        (await sending.ResultAsync()).Ended(0);
        Assert.InRange(gateways.A.Relay.Sent - before, missing, missing + InFlight + AroundChunks);
        Landing.HoldsOnly(gateways.Landing, file);
    }

    static long Missing(TransferStatusResult status)
    {
        var held = status.Held.Sum(range => range.Length);
        Assert.Equal("Open", status.State);
        Assert.InRange(held, Middle / 2, Size - ChunkSize);
        return Size - held;
    }
}
