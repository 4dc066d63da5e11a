using System.Text.Json.Nodes;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Recovery;

/// <summary>
/// A sender whose connection died without a sign still has requests at the gateway that wait for bytes. Who sends the same transfer again
/// need not wait for them: the time they may be silent is longer here than any test waits.
/// </summary>
public sealed class TakeOverTests
{
    const int Size = 32 << 20;
    const int TakenOver = 9;

    static readonly string Credentials = $"{Configurations.Origin}:{Passwords.Environment[Passwords.OfOrigin]}";

    [Fact]
    public async Task A_second_run_takes_over_from_one_whose_chunks_hang()
    {
        using var gateways = await StartAsync();
        var file = gateways.Temp.File("kaoku.csv", Size);
        var command = gateways.Send(file, "--id", "t1", "--chunk-size", "1MiB", "--wait", "delivered");
        var middle = gateways.A.Relay.HoldAfter(Size / 2);
        using var hanging = gateways.Start(command);
        await middle;

        var past = command.Select(word => word == gateways.A.Address.ToString() ? gateways.A.DirectAddress.ToString() : word);
        var second = (await gateways.RunAsync([.. past])).Ended(0).Json;

        Assert.InRange(second.GetProperty("bytesHeld").GetInt64(), 1, Size / 2);
        Landing.HoldsOnly(gateways.Landing, file);
        gateways.A.Relay.Release();
        // It learns that it was overtaken, or finds the transfer accepted by then; either way nothing arrives twice.
        Assert.Contains((await hanging.ResultAsync()).ExitCode, new[] { 0, TakenOver });
        Landing.HoldsOnly(gateways.Landing, file);
    }

    [Fact]
    public async Task A_message_takes_over_from_one_that_hangs_in_the_middle_of_its_attachment()
    {
        using var gateways = await StartAsync();
        var message = SubmitMessage.For("t2", TempFolder.Bytes(Size));
        await using var hanging = await PostAsync(gateways, message);
        await hanging.SendAsync(message.Before);
        await hanging.SendAsync(message.Attachment.AsMemory(0, Size / 2));
        await gateways.UntilHeldAtAAsync("t2");

        await using var second = await PostAsync(gateways, message);
        foreach (var piece in new[] { message.Before, message.Attachment, message.After }) await second.SendAsync(piece);
        var answer = await second.AnswerAsync();

        Assert.Equal("Accepted", answer.Text("state"));
        Assert.Equal("LG-2003", (await hanging.AnswerAsync()).Text("code"));
    }

    static Task<TwoGateways> StartAsync() =>
        TwoGateways.StartAsync(changeA: json => json["limits"] = new JsonObject { ["attachmentSilence"] = "01:00:00" });

    static Task<RawRequest> PostAsync(TwoGateways gateways, SubmitMessage message) =>
        RawRequest.PostAsync(gateways.A, Credentials, SubmitMessage.ContentType, message.Length);
}
