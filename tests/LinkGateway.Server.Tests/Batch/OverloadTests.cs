using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Batch;

/// <summary>A crowd over real sockets: whoever is too many is told so at once, and whoever is in finishes.</summary>
public sealed class OverloadTests
{
    const int Allowed = 4;
    const int Burst = 8 * Allowed;
    const int Size = 1 << 20;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Of_eight_times_as_many_uploads_as_allowed_every_one_too_many_gets_its_fault_and_the_others_finish()
    {
        await using var gateway = await TestGateway.StartAsync(json => json["limits"] = new JsonObject
        {
            ["concurrentUploads"] = Allowed,
            // Whoever is in stands still until everybody has had an answer.
            ["attachmentSilence"] = "01:00:00",
        });
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inside = Enumerable.Range(0, Allowed)
            .Select(i => Task.Run(() => SubmitAsync(gateway.As("kaoku"), Content(i), $"in-{i}", goOn.Task))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Allowed).Select(i => OpenAsync(gateway, $"in-{i}"))).WaitAsync(Patience);

        var refused = await Task.WhenAll(Enumerable.Range(0, Burst - Allowed)
            .Select(i => Task.Run(async () => await Files.SubmitAsync(gateway.As("kaoku"), Content(i), $"out-{i}")))).WaitAsync(Patience);
        goOn.SetResult();
        var answers = await Task.WhenAll(inside).WaitAsync(Patience);

        Assert.All(refused, answer =>
        {
            Assert.Equal("LG-5001", answer.Refusal?.Code);
            Assert.True(answer.Refusal!.RetryAfter > TimeSpan.Zero);
            Assert.True(answer.Temporary);
        });
        Assert.All(answers, answer => Assert.True(answer.Answered, answer.Reason));

        // The same uploads once more: there is room again.
        Assert.True((await Files.SubmitAsync(gateway.As("kaoku"), Content(0), "out-0")).Answered);
    }

    [Fact]
    public async Task A_participant_over_its_quota_reads_a_fault_with_a_time_and_its_neighbour_is_served()
    {
        await using var gateway = await TestGateway.StartAsync(json =>
        {
            json["participants"]![0]!["quotas"] = new JsonObject { ["bytesPerDay"] = Size };
            json["routes"]!.AsArray().Add(JsonNode.Parse(
                """{ "origin": "koseki", "interface": "kaoku-ido", "receiver": "juki", "destination": "juki-folder" }"""));
        });
        Assert.True((await Files.SubmitAsync(gateway.As("kaoku"), Content(0), "t0")).Answered);

        var refused = await Files.SubmitAsync(gateway.As("kaoku"), Content(1), "t1");

        Assert.Equal("LG-4380", refused.Refusal?.Code);
        Assert.Contains("participants[].quotas.bytesPerDay", refused.Refusal!.Text, StringComparison.Ordinal);
        Assert.InRange(refused.Refusal.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        var request = Files.Request(Content(2), "t2", origin: "koseki");
        var neighbour = await gateway.As("koseki").SubmitFileAsync(request, UploadContent.From(Content(2)), CancellationToken.None);
        Assert.True(neighbour.Answered, neighbour.Reason);
    }

    /// <summary>Waits until an upload is in: nothing else takes its place for the sake of asking.</summary>
    static async Task OpenAsync(TestGateway gateway, string id)
    {
        var client = gateway.As("kaoku");
        while (await client.GetTransferStatusAsync(Files.Status(id), CancellationToken.None) is not { Answered: true, Value.State: "Open" })
            await Task.Delay(TimeSpan.FromMilliseconds(20));
    }

    static async Task<BatchAnswer<AcceptResult>> SubmitAsync(BatchClient client, byte[] content, string id, Task goOn)
    {
        var slow = new UploadContent(content.Length, async (position, buffer, cancellationToken) =>
        {
            // The last bytes come when everybody has had an answer.
            if (position >= Size / 2) await goOn.WaitAsync(cancellationToken);
            var piece = Math.Min(buffer.Length, (int)((position < Size / 2 ? Size / 2 : content.Length) - position));
            content.AsSpan((int)position, piece).CopyTo(buffer.Span);
            return piece;
        });
        return await client.SubmitFileAsync(Files.Request(content, id), slow, CancellationToken.None);
    }

    static byte[] Content(int seed)
    {
        var bytes = new byte[Size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
