using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Notices.Callbacks;
using LinkGateway.Core.Tests.World;
using LinkGateway.Core.Transfers;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Notices;

public sealed class CallbackTests
{
    const string Host = "kaoku.example";

    readonly RecordedOrigins _origins = new();

    [Fact]
    public async Task An_origin_is_told_of_each_receipt_of_the_kinds_that_it_wants_in_order()
    {
        await using var world = new CoreWorld(configuration: json => Register(json, Origin, Host, "accepted", "delivered"));
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        await world.StartAsync();

        foreach (var id in new[] { "a", "b" })
        {
            await world.SubmitAsync(Manifest(id), Bytes(10));
            await world.DriveAsync(Identity(id), DeliveryState.Delivered);
        }

        await running.UntilAsync(() => _origins.Calls.Count == 4);
        Assert.Equal(["Accepted a", "Delivered a", "Accepted b", "Delivered b"], _origins.CallsOf(Host));
    }

    [Fact]
    public async Task By_default_it_is_not_told_what_the_answer_to_its_upload_told_it()
    {
        await using var world = new CoreWorld(configuration: json => Register(json, Origin, Host));
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        await world.StartAsync();

        await world.SubmitAsync(Manifest("a"), Bytes(10));
        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        await running.UntilAsync(() => !_origins.Calls.IsEmpty);
        Assert.Equal(["Delivered a"], _origins.CallsOf(Host));
    }

    [Fact]
    public async Task It_is_told_what_does_not_arrive_with_code_and_text_as_they_were()
    {
        await using var world = new CoreWorld(configuration: json => Register(json, Origin, Host, "failed"));
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        await FailAsync(world, "a");
        await ReleaseAsync(world, "a");
        await running.UntilAsync(() => !_origins.Failures.IsEmpty);

        var failure = Assert.Single(_origins.Failures);
        Assert.Equal(Reference("a") with { Origin = Origin, Receiver = Receiver }, failure.Transfer);
        Assert.Equal(("LG-6004", "given up", "Failed"), (failure.Code, failure.Text, failure.State));
        Assert.NotNull(failure.At);
    }

    [Fact]
    public async Task What_a_receiver_rejects_is_told_with_the_receivers_code()
    {
        await using var world = new CoreWorld(configuration: json => Register(json, Origin, Host, "failed"));
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        await MoveAsync(world, "a", DeliveryState.ReceiverRejected, "K-17", "家屋番号なし");
        await running.UntilAsync(() => !_origins.Failures.IsEmpty);

        var failure = Assert.Single(_origins.Failures);
        Assert.Equal(("K-17", "家屋番号なし", "ReceiverRejected"), (failure.Code, failure.Text, failure.State));
    }

    [Fact]
    public async Task What_was_not_noted_is_told_again_first_and_nothing_overtakes_it()
    {
        await using var world = new CoreWorld(configuration: json => Register(json, Origin, Host, "accepted"));
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        var dead = true;
        _origins.Answer = (_, _) => new CallbackAnswer(dead ? CallbackOutcome.Failed : CallbackOutcome.Noted, "connection refused");
        foreach (var id in new[] { "a", "b", "c" }) await world.SubmitAsync(Manifest(id), Bytes(10));

        await running.UntilAsync(() => _origins.Calls.Count >= 3);
        Assert.All(_origins.CallsOf(Host), what => Assert.Equal("Accepted a", what));
        dead = false;
        await running.UntilAsync(() => _origins.CallsOf(Host).LastOrDefault() == "Accepted c");

        Assert.Equal(["Accepted a", "Accepted b", "Accepted c"], _origins.CallsOf(Host).TakeLast(3));
        Assert.Equal([$"{Origin} failed", $"{Origin} works"], running.Events.Said);
    }

    [Fact]
    public async Task A_dead_service_holds_up_no_other_and_is_a_notice_to_operators_until_it_works()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            Register(json, Origin, "dead.example", "accepted");
            Register(json, Stranger, Host, "accepted");
            json["routes"]!.AsArray().Add(JsonNode.Parse(
                $$"""{ "origin": "{{Stranger}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "folder" }"""));
        });
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        await running.BegunAsync(Stranger);
        var dead = true;
        _origins.Answer = (host, _) =>
            dead && host != Host ? new CallbackAnswer(CallbackOutcome.Failed, "no route") : new CallbackAnswer(CallbackOutcome.Noted);
        await world.SubmitAsync(Manifest("a"), Bytes(10));
        await SubmitAsync(world, Stranger, "b");

        await running.UntilAsync(() => _origins.CallsOf(Host).Contains("Accepted b"));
        await running.UntilAsync(() => world.Services.Notices.Current.Any(
            condition => condition is { Kind: NoticeKind.CallbackDown, Subject: Origin }));
        dead = false;
        await running.UntilAsync(() => world.Services.Notices.Current.Count == 0);
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_where_it_was()
    {
        await using var world = new CoreWorld(configuration: json => Register(json, Origin, Host, "accepted"));
        await using (var before = new Running(world, _origins))
        {
            await before.BegunAsync(Origin);
            await world.SubmitAsync(Manifest("a"), Bytes(10));
            await before.UntilAsync(() => _origins.Calls.Count == 1);
            _origins.Answer = (_, _) => new CallbackAnswer(CallbackOutcome.Failed, "down");
            await world.SubmitAsync(Manifest("b"), Bytes(10));
            await before.UntilAsync(() => _origins.Calls.Count >= 2);
        }

        await world.SubmitAsync(Manifest("c"), Bytes(10));
        _origins.Calls.Clear();
        _origins.Answer = (_, _) => new CallbackAnswer(CallbackOutcome.Noted);
        await using var after = new Running(world, _origins);

        await after.UntilAsync(() => _origins.Calls.Count == 2);
        Assert.Equal(["Accepted b", "Accepted c"], _origins.CallsOf(Host));
    }

    [Fact]
    public async Task What_an_origin_does_not_want_is_not_told_again()
    {
        await using var world = new CoreWorld(configuration: json => Register(json, Origin, Host, "accepted"));
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        _origins.Answer = (_, what) => new CallbackAnswer(
            what == "Accepted a" ? CallbackOutcome.Unwanted : CallbackOutcome.Noted, "not ours");
        foreach (var id in new[] { "a", "b" }) await world.SubmitAsync(Manifest(id), Bytes(10));

        await running.UntilAsync(() => _origins.Calls.Count == 2);
        Assert.Equal(["Accepted a", "Accepted b"], _origins.CallsOf(Host));
        Assert.Equal([$"{Origin} skipped: not ours"], running.Events.Said);
    }

    [Fact]
    public async Task What_could_not_be_told_for_too_long_is_skipped()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            Register(json, Origin, Host, "accepted");
            json["participants"]![0]!["notices"]!["giveUpAfter"] = "01:00:00";
        });
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        _origins.Answer = (_, what) =>
            what == "Accepted a" ? new CallbackAnswer(CallbackOutcome.Failed, "always") : new CallbackAnswer(CallbackOutcome.Noted);
        await world.SubmitAsync(Manifest("a"), Bytes(10));
        await running.UntilAsync(() => !_origins.Calls.IsEmpty);
        await world.SubmitAsync(Manifest("b"), Bytes(10));

        await running.UntilAsync(() =>
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            return _origins.CallsOf(Host).Contains("Accepted b");
        });
        Assert.Contains($"{Origin} skipped: always", running.Events.Said);
    }

    [Fact]
    public async Task A_service_that_is_registered_anew_is_told_what_happens_from_then_on()
    {
        await using var world = new CoreWorld(configuration: json => Register(json, Origin, Host, "accepted"));
        await using var running = new Running(world, _origins);
        await running.BegunAsync(Origin);
        world.Reload(_ => { });
        await running.UntilAsync(async () => await world.Journal.PeerCursorAsync($"callback/{Origin}", Never) is "");
        await world.SubmitAsync(Manifest("unseen"), Bytes(10));
        world.Reload(json => Register(json, Origin, Host, "accepted"));
        await running.BegunAsync(Origin);

        await world.SubmitAsync(Manifest("seen"), Bytes(10));
        await running.UntilAsync(() => !_origins.Calls.IsEmpty);

        Assert.Equal(["Accepted seen"], _origins.CallsOf(Host));
    }

    static void Register(JsonNode json, string participant, string host, params string[] kinds)
    {
        var callback = new JsonObject { ["url"] = $"https://{host}/notices" };
        if (kinds.Length > 0) callback["kinds"] = new JsonArray([.. kinds.Select(kind => JsonValue.Create(kind))]);
        json["participants"]!.AsArray().Single(one => (string?)one!["id"] == participant)!["notices"] = callback;
    }

    static async Task FailAsync(CoreWorld world, string transferId)
    {
        await MoveAsync(world, transferId, DeliveryState.Sending, null, null);
        await MoveAsync(world, transferId, DeliveryState.Failed, ErrorCatalogue.AttemptsExhausted.Code, "given up");
    }

    static Task ReleaseAsync(CoreWorld world, string transferId) => MoveAsync(world, transferId, DeliveryState.Waiting, null, null);

    static async Task MoveAsync(CoreWorld world, string transferId, DeliveryState state, string? code, string? text)
    {
        var before = await world.DeliveryAsync(Identity(transferId));
        var batch = new JournalBatch();
        var after = before with
        {
            State = state,
            NextAttemptAt = null,
            LastErrorCode = code,
            LastErrorText = text,
            UpdatedAt = world.Services.Now,
            Version = before.Version + 1,
        };
        batch.Move(before.State, after, "moved by a test");
        await world.Journal.CommitAsync(batch, Never);
    }

    static async Task SubmitAsync(CoreWorld world, string origin, string transferId)
    {
        var request = new SubmitFileRequest
        {
            Transfer = Reference(transferId),
            Manifest = Manifest(transferId) with { Origin = origin },
            File = "file",
        };
        Assert.True((await world.Transfers.SubmitFileAsync(origin, request, new TestBody(Bytes(10)), Never)).Succeeded);
    }

    /// <summary>The callbacks of a gateway while its clock runs.</summary>
    sealed class Running : IAsyncDisposable
    {
        readonly CoreWorld _world;
        readonly CancellationTokenSource _stop = new();
        readonly Task _task;

        public Running(CoreWorld world, RecordedOrigins origins)
        {
            _world = world;
            _task = world.Begin(() => new CallbackService(world.Services, origins, Events).RunAsync(_stop.Token));
        }

        public RecordedNotices Events { get; } = new();

        /// <summary>Waits until it is known where the participant's order begins.</summary>
        public Task BegunAsync(string participant) => UntilAsync(
            async () => await _world.Journal.PeerCursorAsync($"callback/{participant}", Never) is { Length: > 0 });

        public Task UntilAsync(Func<bool> condition) => _world.DriveAsync(condition, "what is told");

        public Task UntilAsync(Func<Task<bool>> condition) => _world.DriveAsync(condition, "what is told");

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
