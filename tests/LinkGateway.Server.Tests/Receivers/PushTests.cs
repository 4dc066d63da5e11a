using System.Text;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Receiving;
using static LinkGateway.Server.Tests.Receivers.ReceiverWorld;

namespace LinkGateway.Server.Tests.Receivers;

/// <summary>Files pushed to the sample receiver over real sockets.</summary>
public sealed class PushTests
{
    const int ChunkSize = 16 << 20;

    [Theory]
    [InlineData("submit", "soap11", 0)]
    [InlineData("submit", "soap11", 3_000_001)]
    [InlineData("submit", "soap12", 3_000_001)]
    [InlineData("chunks", "soap11", 0)]
    [InlineData("chunks", "soap11", ChunkSize + 1)]
    [InlineData("chunks", "soap12", 3_000_001)]
    public async Task A_file_is_stored_once_and_the_receipt_states_the_receivers_number(string handOver, string soap, int size)
    {
        await using var receiver = await SampleReceiver.StartAsync();
        await using var world = await StartAsync(receiver.Url, destination =>
        {
            destination["handOver"] = handOver;
            destination["soap"] = soap;
        });
        var content = Bytes(size);

        var receipt = await world.DeliverAsync(content);

        Assert.Equal(content, Assert.Single(receiver.Files));
        var reference = receiver.Find(Pushed("t1")).ReceiverReference!;
        Assert.Contains($"<receiverReference>{reference}</receiverReference>", Encoding.UTF8.GetString(receipt.ReceiptDocument),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("chunks")]
    public async Task Answers_that_get_lost_do_not_make_it_two(string handOver)
    {
        var calls = 0;
        await using var receiver = await SampleReceiver.StartAsync(async (context, next) =>
        {
            // Every other call is carried out, and the connection is gone before the answer.
            var loses = Interlocked.Increment(ref calls) % 2 == 1;
            var answer = context.Response.Body;
            if (loses) context.Response.Body = Stream.Null;
            await next(context);
            if (loses) context.Abort();
            else context.Response.Body = answer;
        });
        await using var world = await StartAsync(receiver.Url, destination =>
        {
            destination["handOver"] = handOver;
            destination["offersStatus"] = true;
        });
        var content = Bytes(1_000_000);

        await world.DeliverAsync(content);

        Assert.Equal(content, Assert.Single(receiver.Files));
        Assert.InRange(calls, 2, int.MaxValue);
    }

    [Fact]
    public async Task A_receiver_that_is_started_late_gets_what_waited()
    {
        await using var world = await StartAsync(new Uri("http://127.0.0.1:9/files"));
        var content = Bytes(100_000);
        Assert.Equal("LG-6001", (await world.TroubleAsync(content)).LastErrorCode);

        await using var receiver = await SampleReceiver.StartAsync();
        world.Gateway.Folder.Configure(json =>
        {
            json["destinations"]!.AsArray().Add(JsonNode.Parse(
                $$"""{ "id": "juki-files", "kind": "receiver", "url": "{{receiver.Url}}" }"""));
            json["routes"]![0]!["destination"] = "juki-files";
        });
        Assert.True(world.Gateway.Host.Reload().Succeeded);

        await world.ReceiptAsync("delivered");
        Assert.Equal(content, Assert.Single(receiver.Files));
    }

    [Fact]
    public async Task A_password_file_that_is_missing_holds_deliveries_back_until_it_is_there()
    {
        string? credentials = null;
        await using var receiver = await SampleReceiver.StartAsync((context, next) =>
        {
            credentials = context.Request.Headers.Authorization;
            return next(context);
        });
        await using var world = await StartAsync(receiver.Url, destination => destination["credentials"] =
            JsonNode.Parse("""{ "basic": { "user": "gw", "password": "file:juki-password" } }"""));
        var path = Path.Combine(world.Gateway.Folder.Root, "juki-password");
        Assert.Contains(path, (await world.TroubleAsync(Bytes(1000))).LastErrorText, StringComparison.Ordinal);

        await File.WriteAllTextAsync(path, "open sesame");

        await world.ReceiptAsync("delivered");
        Assert.Equal("Basic " + Convert.ToBase64String("gw:open sesame"u8), credentials);
    }

    [Fact]
    public async Task The_receiver_knows_of_a_file_what_the_gateway_says()
    {
        await using var receiver = await SampleReceiver.StartAsync();
        await using var world = await StartAsync(receiver.Url);
        Assert.Equal(FileOutcome.Unknown, receiver.Find(Pushed("t1")).Outcome);

        var receipt = await world.DeliverAsync(Bytes(1000));

        var stored = receiver.Find(Pushed("t1"));
        Assert.Equal((FileOutcome.Stored, receipt.Size, receipt.Sha256), (stored.Outcome, stored.Size, stored.Sha256));
    }
}
