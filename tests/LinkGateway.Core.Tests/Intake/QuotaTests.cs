using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Intake;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Intake;

/// <summary>What one participant may use; the others have what is theirs.</summary>
public sealed class QuotaTests : IAsyncDisposable
{
    static readonly byte[] File = Bytes(2 * ChunkSize);

    readonly WorldParts _parts = new();
    CoreWorld _world;

    public QuotaTests() => _world = new CoreWorld(parts: _parts);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task More_transfers_at_once_than_the_quota_are_refused_and_others_are_not_affected()
    {
        Quota("concurrentTransfers", 1);
        await _world.OpenAsync(Manifest("a", File));

        var refusal = (await _world.OpenAsync(Manifest("b", File))).Refusal!;

        Assert.Equal("LG-4380", refusal.Code);
        Assert.Contains("participants[].quotas.concurrentTransfers = 1", $"{refusal}", StringComparison.Ordinal);
        Assert.NotNull(refusal.RetryAfter);
        Assert.Equal(Origin, Assert.Single(_world.Services.Notices.Current).Subject);
        Assert.Equal(NoticeKind.ParticipantOverQuota, _world.Services.Notices.Current.Single().Kind);
        Assert.True((await OpenAsOtherAsync("c")).Succeeded);
    }

    [Fact]
    public async Task Bytes_to_come_are_held_to_the_quota()
    {
        Quota("bytesInFlight", (2 * File.Length) - 1);
        var attempt = (await _world.OpenAsync(Manifest("a", File))).Value!.Attempt;
        Assert.Equal("LG-4380", (await _world.OpenAsync(Manifest("b", File))).Refusal?.Code);

        await _world.PutAsync("a", attempt, 0, File);

        Assert.True((await _world.OpenAsync(Manifest("b", File))).Succeeded);
        Assert.Equal("LG-4001", (await _world.OpenAsync(Manifest("c") with { Size = 2 * File.Length })).Refusal?.Code);
    }

    [Fact]
    public async Task Bytes_that_are_kept_are_held_to_the_quota_until_retention_removes_them()
    {
        Quota("spoolBytes", (2 * File.Length) - 1);
        await _world.StartAsync();
        await _world.SubmitAsync(Manifest("a", File), File);
        await _world.DriveAsync(Identity("a"), Contract.States.DeliveryState.Delivered);
        Assert.Equal("LG-4380", (await _world.SubmitAsync(Manifest("b", File), File)).Refusal?.Code);
        await _world.StopAsync();

        _world.Time.Advance(TimeSpan.FromDays(8));
        await _world.Retention.StepAsync(Never);

        Assert.True((await _world.SubmitAsync(Manifest("b", File), File)).Succeeded);
    }

    [Fact]
    public async Task A_night_is_one_day_and_after_it_the_quota_is_whole_again()
    {
        // The world begins at midnight in Japan; the day began at noon before.
        Quota("bytesPerDay", (2 * File.Length) - 1);
        await _world.SubmitAsync(Manifest("a", File), File);

        var refusal = (await _world.SubmitAsync(Manifest("b", File), File)).Refusal!;

        Assert.Equal("LG-4380", refusal.Code);
        Assert.Equal(TimeSpan.FromHours(12), refusal.RetryAfter);
        _world.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Equal("LG-4380", (await _world.SubmitAsync(Manifest("b", File), File)).Refusal?.Code);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await _world.SubmitAsync(Manifest("b", File), File)).Succeeded);
    }

    [Fact]
    public async Task What_was_accepted_in_the_day_is_known_after_a_restart()
    {
        await _world.SubmitAsync(Manifest("a", File), File);
        _world.Time.Advance(TimeSpan.FromHours(1));

        _world = new CoreWorld(parts: _parts with { Seed = 2 });
        Quota("bytesPerDay", (2 * File.Length) - 1);
        await new IntakeWatch(_world.Services, _world.Transfers).CountAsync(Never);

        Assert.Equal("LG-4380", (await _world.SubmitAsync(Manifest("b", File), File)).Refusal?.Code);
    }

    [Fact]
    public async Task A_repetition_of_what_was_accepted_gets_its_receipt_although_the_quota_is_used_up()
    {
        Quota("bytesPerDay", File.Length);
        await _world.SubmitAsync(Manifest("a", File), File);

        Assert.True((await _world.SubmitAsync(Manifest("a", File), File)).Succeeded);
        Assert.True((await _world.OpenAsync(Manifest("a", File))).Succeeded);
    }

    [Theory]
    [InlineData("bytesPerDay")]
    [InlineData("spoolBytes")]
    public async Task A_repetition_that_states_its_length_takes_no_room_and_is_no_matter_for_a_notice(string quota)
    {
        Quota(quota, File.Length);
        await _world.SubmitAsync(Manifest("a"), File);

        Assert.True((await RepeatAsync("a", File)).Succeeded);
        Assert.Equal(ErrorCatalogue.IdentityTaken, (await RepeatAsync("a", Bytes(File.Length, seed: 2))).Refusal?.Error);
        Assert.Empty(_world.Services.Notices.Current);

        Assert.Equal(ErrorCatalogue.OverQuota, (await RepeatAsync("b", File)).Refusal?.Error);
    }

    [Fact]
    public async Task A_repetition_is_no_transfer_more_and_ends_no_other()
    {
        Quota("concurrentTransfers", 1);
        await _world.SubmitAsync(Manifest("a"), File);
        await _world.OpenAsync(Manifest("b", File));

        Assert.True((await RepeatAsync("a", File)).Succeeded);

        Assert.Equal(ErrorCatalogue.OverQuota, (await _world.OpenAsync(Manifest("c", File))).Refusal?.Error);
        Assert.True((await _world.CancelAsync("b")).Succeeded);
        Assert.True((await _world.OpenAsync(Manifest("c", File))).Succeeded);
    }

    [Fact]
    public async Task Requests_come_at_the_rate_of_the_quota_with_a_burst_of_as_many()
    {
        Quota("requestsPerSecond", 2);
        await _world.OpenAsync(Manifest("a", File));
        await _world.StatusAsync("a");

        var refused = (await _world.Transfers.GetTransferStatusAsync(Origin, Status("a"), Never)).Refusal!;

        Assert.Equal(("LG-4380", TimeSpan.FromSeconds(1)), (refused.Code, refused.RetryAfter));
        Assert.True((await OpenAsOtherAsync("c")).Succeeded);
        _world.Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True((await _world.Transfers.GetTransferStatusAsync(Origin, Status("a"), Never)).Succeeded);
        Assert.False((await _world.Transfers.GetTransferStatusAsync(Origin, Status("a"), Never)).Succeeded);
    }

    [Fact]
    public async Task A_noisy_neighbour_uses_up_its_own_share_and_nobody_elses()
    {
        Quota("concurrentTransfers", 3);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _world.OpenAsync(Manifest($"noise-{i}", File))));

        Assert.Equal(3, outcomes.Count(outcome => outcome.Succeeded));
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("LG-4380", outcome.Refusal!.Code));
        for (var i = 0; i < 10; i++) Assert.True((await OpenAsOtherAsync($"quiet-{i}")).Succeeded);
    }

    [Fact]
    public async Task A_forward_counts_for_its_origin_and_for_the_gateway_that_hands_it_on()
    {
        _world.Reload(json => json["participants"]!.AsArray().First(item => (string?)item!["id"] == "gw-b")!["quotas"] =
            new JsonObject { ["concurrentTransfers"] = 1 });
        Assert.True((await ForwardAsync("a")).Succeeded);
        Assert.Contains("gw-b has reached", $"{(await ForwardAsync("b")).Refusal}", StringComparison.Ordinal);

        Quota("concurrentTransfers", 1);
        Assert.Contains($"{Origin} has reached", $"{(await ForwardAsync("b")).Refusal}", StringComparison.Ordinal);
    }

    void Quota(string name, JsonNode value) => _world.Reload(json =>
    {
        var participants = json["participants"]!.AsArray();
        participants.First(item => (string?)item!["id"] == Origin)!["quotas"] = new JsonObject { [name] = value.DeepClone() };
        json["gateway"]!["timeZone"] = "Asia/Tokyo";
        json["routes"]!.AsArray().Add(JsonNode.Parse(
            $$"""{ "origin": "{{Stranger}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "folder" }"""));
    });

    /// <summary>Sends a file whose length, but not whose digest, is known before it is read, as Content-Length tells it.</summary>
    Task<Outcome<AcceptResult>> RepeatAsync(string id, byte[] bytes) =>
        _world.SubmitAsync(Manifest(id), bytes, new TestBody(bytes) { MaximumLength = bytes.Length });

    async Task<Outcome<OpenTransferResult>> OpenAsOtherAsync(string id) => await _world.Transfers.OpenTransferAsync(
        Stranger, new OpenTransferRequest { Transfer = Reference(id), Manifest = Manifest(id, File) with { Origin = Stranger } }, Never);

    async Task<Outcome<OpenTransferResult>> ForwardAsync(string id) => await _world.Transfers.OpenTransferAsync(
        "gw-b",
        new OpenTransferRequest
        {
            Transfer = Reference(id) with { Origin = Origin, Receiver = Receiver },
            Manifest = Manifest(id, File),
            Hops = ["gw-b"],
            ChunkSize = ChunkSize,
        },
        Never);

    static GetTransferStatusRequest Status(string id) => new() { Transfer = Reference(id) };
}
