using System.Text.Json.Nodes;

namespace LinkGateway.Relay.Tests.Channels;

/// <summary>Turns, the breaker, alternates and reloads.</summary>
public class ProtectionTests
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Calls_beyond_the_limit_wait_their_turn_first_come_first_served()
    {
        var go = new SemaphoreSlim(0);
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
            {
                await go.WaitAsync(peer.Stopped);
                await peer.WriteAsync(ScriptedReceiver.Answer("<answer/>"));
            }
        });
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", receiver.Url, service =>
        {
            service["concurrency"] = 1;
            service["queue"] = 2;
        }));
        var slots = world.Channels.ChannelOf(world.Destinations[0]).Slots;
        var calls = new List<Task<string>>();
        for (var call = 0; call < 3; call++)
        {
            calls.Add(world.AnswerAsync());
            await ChannelWorld.UntilAsync(() => slots.Taken + slots.Waiting == calls.Count);
        }

        var refusal = await world.RefusalAsync();
        Assert.Equal("LG-6007: The receiver behind a has reached its limit queue = 2. "
            + "The call was not carried out; call again after the time stated.", refusal.ToString());
        Assert.Equal(TimeSpan.FromSeconds(10), refusal.RetryAfter);
        await ChannelWorld.UntilAsync(() => receiver.Requests == 1);

        foreach (var call in calls)
        {
            go.Release();
            Assert.Equal("a 200 <answer/>", await call);
        }
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_call_waits_no_longer_than_the_queue_time()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WaitAsync();
        });
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", receiver.Url, service => service["concurrency"] = 1));
        using var gone = new CancellationTokenSource();
        var running = world.SendAsync(ct: gone.Token);
        await ChannelWorld.UntilAsync(() => receiver.Requests == 1);
        var waiting = world.SendAsync();

        world.Time.Advance(TimeSpan.FromSeconds(10));

        var refusal = ChannelWorld.Refused(await waiting);
        Assert.Equal("LG-6007", refusal.Code);
        Assert.Equal(["a", "queueTime", "00:00:10"], refusal.Arguments);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_caller_that_goes_while_it_waits_leaves_the_queue()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WaitAsync();
        });
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", receiver.Url, service => service["concurrency"] = 1));
        using var caller = new CancellationTokenSource();
        var running = world.SendAsync(ct: caller.Token);
        var waiting = world.SendAsync(ct: caller.Token);
        await ChannelWorld.UntilAsync(() => receiver.Requests == 1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task The_turn_is_kept_until_the_answer_is_read_or_given_up()
    {
        await using var receiver = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<answer/>"));
        await using var world = ChannelWorld.Of(receiver.Url);
        var slots = world.Channels.ChannelOf(world.Destinations[0]).Slots;

        var first = (await world.SendAsync()).Value!;
        var second = (await world.SendAsync()).Value!;
        Assert.Equal(2, slots.Taken);
        await ChannelWorld.TextAsync(first);
        Assert.Equal(1, slots.Taken);
        await second.DisposeAsync();
        Assert.Equal(0, slots.Taken);
        await first.DisposeAsync();
        Assert.Equal(0, slots.Taken);
    }

    [Fact]
    public async Task A_receiver_that_keeps_failing_is_left_alone_then_tried_by_one_call()
    {
        var works = false;
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null && Volatile.Read(ref works))
                await peer.WriteAsync(ScriptedReceiver.Answer("<answer/>"));
        });
        await using var world = ChannelWorld.Of(WithBreaker("a", receiver.Url));
        for (var call = 0; call < 2; call++)
            Assert.Equal("LG-6010", (await world.RefusalAsync()).Code);

        var paused = await world.RefusalAsync();
        Assert.Equal("LG-6008", paused.Code);
        Assert.Equal(Pause, paused.RetryAfter);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(10), (await world.RefusalAsync()).RetryAfter);
        Assert.Equal(2, receiver.Requests);

        world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("LG-6010", (await world.RefusalAsync()).Code);
        Assert.Equal("LG-6008", (await world.RefusalAsync()).Code);
        Assert.Equal(3, receiver.Requests);
        // Its pause begins when the breaker has opened again, which may be behind the refusal.
        await ChannelWorld.UntilAsync(() => world.Events.Lines.Count(line => line == "opened a") == 2);

        Volatile.Write(ref works, true);
        world.Time.Advance(Pause);
        Assert.Equal("a 200 <answer/>", await world.AnswerAsync());
        await ChannelWorld.UntilAsync(() => world.Events.Lines.Contains("closed a"));
        Assert.Equal("a 200 <answer/>", await world.AnswerAsync());
        Assert.Equal(["opened a", "half-opened a", "opened a", "half-opened a", "closed a"],
            world.Events.Lines.Where(line => !line.StartsWith("failed", StringComparison.Ordinal)));
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task While_one_call_tries_the_receiver_others_are_refused()
    {
        var go = new SemaphoreSlim(0);
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            if (await peer.ReadRequestAsync() is not null && await go.WaitAsync(0))
                return;
            await go.WaitAsync(peer.Stopped);
            await peer.WriteAsync(ScriptedReceiver.Answer("<answer/>"));
        });
        await using var world = ChannelWorld.Of(WithBreaker("a", receiver.Url));
        go.Release(2);
        for (var call = 0; call < 2; call++)
            await world.RefusalAsync();
        world.Time.Advance(Pause);

        var trial = world.AnswerAsync();
        await ChannelWorld.UntilAsync(() => receiver.Requests == 3);
        Assert.Equal("LG-6008", (await world.RefusalAsync()).Code);
        go.Release();

        Assert.Equal("a 200 <answer/>", await trial);
        Assert.Equal(3, receiver.Requests);
    }

    [Fact]
    public async Task A_trial_that_its_caller_gave_up_proves_nothing()
    {
        var answers = 0;
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            if (Interlocked.Increment(ref answers) > 2)
                await peer.WaitAsync();
        });
        await using var world = ChannelWorld.Of(WithBreaker("a", receiver.Url));
        for (var call = 0; call < 2; call++)
            await world.RefusalAsync();
        world.Time.Advance(Pause);
        using var caller = new CancellationTokenSource();
        var trial = world.SendAsync(ct: caller.Token);
        await ChannelWorld.UntilAsync(() => receiver.Requests == 3);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trial);

        Assert.Equal("LG-6008", (await world.RefusalAsync()).Code);
        world.AssertNothingUnderWay();
    }

    [Theory]
    [InlineData("502 Bad", true)]
    [InlineData("503 Away", true)]
    [InlineData("504 Late", true)]
    [InlineData("500 Fault", false)]
    [InlineData("400 Fault", false)]
    public async Task Statuses_of_what_stands_before_a_receiver_count_and_faults_do_not(string status, bool counts)
    {
        await using var receiver = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<fault/>", status));
        await using var world = ChannelWorld.Of(WithBreaker("a", receiver.Url));

        for (var call = 0; call < 2; call++)
            Assert.Equal($"a {status[..3]} <fault/>", await world.AnswerAsync());

        var third = await world.SendAsync();
        Assert.Equal(counts ? "LG-6008" : null, third.Refusal?.Code);
        if (third.Value is { } answer)
            await answer.DisposeAsync();
    }

    [Fact]
    public async Task The_breaker_counts_answers_that_break_off()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        });
        await using var world = ChannelWorld.Of(WithBreaker("a", receiver.Url));

        for (var call = 0; call < 2; call++)
            await ChannelWorld.BreakAsync(await world.SendAsync());

        Assert.Equal("LG-6008", (await world.RefusalAsync()).Code);
    }

    [Fact]
    public async Task Alternates_serve_in_order_while_the_first_cannot_be_reached_and_it_serves_again_after_its_pause()
    {
        await using var second = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<second/>"));
        await using var third = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<third/>"));
        var port = ScriptedReceiver.Nobody;
        await using var world = ChannelWorld.Of(
            WithBreaker("a", port), ChannelWorld.Service("b", second.Url), ChannelWorld.Service("c", third.Url));

        for (var call = 0; call < 4; call++)
            Assert.Equal("b 200 <second/>", await world.AnswerAsync());

        Assert.Equal(0, third.Requests);
        var lines = world.Events.Lines;
        Assert.Equal(2, lines.Count(line => line == "b for a LG-6006"));
        Assert.Equal(2, lines.Count(line => line == "b for a LG-6008"));
        Assert.Equal(2, lines.Count(line => line == "failed a LG-6006"));
    }

    [Fact]
    public async Task The_first_destination_serves_again_as_soon_as_its_breaker_closes()
    {
        var works = false;
        await using var first = new ScriptedReceiver(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null && Volatile.Read(ref works))
                await peer.WriteAsync(ScriptedReceiver.Answer("<first/>"));
        });
        await using var second = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<second/>"));
        await using var world = ChannelWorld.Of(WithBreaker("a", first.Url), ChannelWorld.Service("b", second.Url));
        for (var call = 0; call < 2; call++)
            Assert.Equal("b 200 <second/>", await world.AnswerAsync(safe: true));
        Assert.Equal("b 200 <second/>", await world.AnswerAsync());

        Volatile.Write(ref works, true);
        world.Time.Advance(Pause);

        Assert.Equal("a 200 <first/>", await world.AnswerAsync());
        await ChannelWorld.UntilAsync(() => world.Events.Lines.Contains("closed a"));
        Assert.Equal("a 200 <first/>", await world.AnswerAsync());
    }

    [Fact]
    public async Task An_unsafe_call_that_may_have_been_carried_out_goes_nowhere_else()
    {
        await using var first = new ScriptedReceiver(async peer => await peer.ReadRequestAsync());
        await using var second = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<second/>"));
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", first.Url), ChannelWorld.Service("b", second.Url));

        var refusal = await world.RefusalAsync();

        Assert.Equal("LG-6010", refusal.Code);
        Assert.Equal(1, first.Requests);
        Assert.Equal(0, second.Requests);
    }

    [Fact]
    public async Task A_safe_call_whose_body_is_spent_goes_nowhere_else()
    {
        await using var first = new ScriptedReceiver(async peer =>
        {
            await peer.ReadHeadAsync();
            await peer.ReadAsync(1000);
            peer.Reset();
        });
        await using var second = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<second/>"));
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", first.Url), ChannelWorld.Service("b", second.Url));

        var outcome = await world.SendAsync(destination => ChannelWorld.Upload(destination, 64 << 20) with { Safe = true });

        Assert.Equal("LG-6010", ChannelWorld.Refused(outcome).Code);
        Assert.Equal(0, second.Requests);
    }

    [Fact]
    public async Task A_body_that_can_be_written_once_goes_to_the_alternate_when_none_of_it_was_taken()
    {
        await using var second = await KestrelReceiver.StartAsync(async http => await http.Request.Body.CopyToAsync(Stream.Null));
        await using var world = ChannelWorld.Of(
            ChannelWorld.Service("a", ScriptedReceiver.Nobody), ChannelWorld.Service("b", second.Url));

        await using var answer = (await world.SendAsync(destination => ChannelWorld.Upload(destination, 1_000_000))).Value!;

        Assert.Equal("b", answer.DestinationId);
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Where_any_destination_may_have_acted_the_refusal_says_so()
    {
        await using var first = new ScriptedReceiver(async peer => await peer.ReadRequestAsync());
        await using var world = ChannelWorld.Of(
            ChannelWorld.Service("a", first.Url), ChannelWorld.Service("b", ScriptedReceiver.Nobody));

        var refusal = await world.RefusalAsync(safe: true);

        Assert.Equal("LG-6010", refusal.Code);
        Assert.Equal(["failed a LG-6010", "failed b LG-6006"], world.Events.Lines);
    }

    [Fact]
    public async Task A_reload_changes_where_a_destination_is_and_lets_running_calls_end()
    {
        var go = new SemaphoreSlim(0);
        await using var old = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await go.WaitAsync(peer.Stopped);
            await peer.WriteAsync(ScriptedReceiver.Answer("<old/>"));
        });
        await using var fresh = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<new/>"));
        await using var world = ChannelWorld.Of(old.Url);
        var running = world.AnswerAsync();
        await ChannelWorld.UntilAsync(() => old.Requests == 1);

        world.Reload(ChannelWorld.Service("a", fresh.Url));

        Assert.Equal("a 200 <new/>", await world.AnswerAsync());
        go.Release();
        Assert.Equal("a 200 <old/>", await running);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_reload_that_leaves_a_destination_as_it_was_keeps_its_channel()
    {
        await using var receiver = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<answer/>"));
        var service = WithBreaker("a", receiver.Url);
        await using var world = ChannelWorld.Of(service.DeepClone().AsObject());
        var before = world.Destinations[0];
        await world.AnswerAsync();

        world.Reload(service.DeepClone().AsObject());

        Assert.NotSame(before, world.Destinations[0]);
        Assert.Same(world.Channels.ChannelOf(before), world.Channels.ChannelOf(world.Destinations[0]));
        Assert.Equal("a 200 <answer/>", await world.AnswerAsync());
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task A_call_that_began_before_a_reload_does_not_bring_the_old_destination_back()
    {
        await using var receiver = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<answer/>"));
        await using var world = ChannelWorld.Of(receiver.Url);
        var before = world.Destinations[0];
        world.Reload(ChannelWorld.Service("a", receiver.Url, service => service["concurrency"] = 1));
        var now = world.Channels.ChannelOf(world.Destinations[0]);

        Assert.NotSame(now, world.Channels.ChannelOf(before));

        world.Reload(ChannelWorld.Service("a", receiver.Url, service => service["concurrency"] = 1));
        Assert.Same(now, world.Channels.ChannelOf(world.Destinations[0]));
    }

    static JsonObject WithBreaker(string id, Uri url) => ChannelWorld.Service(id, url,
        service => service["breaker"] = new JsonObject { ["calls"] = 2, ["failureRatio"] = 0.5, ["pause"] = Pause.ToString() });
}
