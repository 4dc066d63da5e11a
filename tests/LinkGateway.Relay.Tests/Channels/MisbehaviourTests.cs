using LinkGateway.Relay.Channels;

namespace LinkGateway.Relay.Tests.Channels;

/// <summary>Receivers that misbehave: a clear code, a turn given back, and never a call that hangs or is sent twice.</summary>
public class MisbehaviourTests
{
    static readonly Dictionary<string, Func<ScriptedReceiver.Peer, Task>> BeforeTheAnswer = new()
    {
        ["closes at once"] = _ => Task.CompletedTask,
        ["closes after the request"] = async peer => await peer.ReadRequestAsync(),
        ["resets after the request"] = async peer =>
        {
            await peer.ReadRequestAsync();
            peer.Reset();
        },
        ["half a header"] = async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Ty");
        },
        ["no HTTP"] = async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("220 mail.example ESMTP\r\n\r\n");
        },
        ["headers too large"] = async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync($"HTTP/1.1 200 OK\r\nX-Large: {new string('x', 200_000)}\r\n\r\n");
        },
        ["a redirect"] = async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 307 Go\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
        },
        ["another protocol"] = async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        },
    };

    static readonly Dictionary<string, string> Halves = new()
    {
        ["length"] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        ["chunk"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\nhalf",
        ["no last chunk"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        ["no chunk"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhalf\r\n",
    };

    public static TheoryData<string> BrokenBefore => [.. BeforeTheAnswer.Keys];

    public static TheoryData<string> BrokenWithin => [.. Halves.Keys];

    [Theory]
    [MemberData(nameof(BrokenBefore))]
    public async Task A_receiver_that_gives_no_answer_may_have_acted__the_call_is_not_sent_again(string fault)
    {
        await using var receiver = new ScriptedReceiver(BeforeTheAnswer[fault]);
        await using var world = ChannelWorld.Of(receiver.Url);

        var refusal = await world.RefusalAsync();

        Assert.Equal("LG-6010", refusal.Code);
        Assert.Equal(1, receiver.Connections);
        Assert.Equal(["failed a LG-6010"], world.Events.Lines);
        world.AssertNothingUnderWay();
    }

    [Theory]
    [MemberData(nameof(BrokenWithin))]
    public async Task An_answer_that_breaks_off_breaks_the_reading(string half)
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync(Halves[half]);
        });
        await using var world = ChannelWorld.Of(receiver.Url);

        var refusal = await ChannelWorld.BreakAsync(await world.SendAsync());

        Assert.Equal("LG-6010", refusal.Code);
        Assert.Equal(["failed a LG-6010"], world.Events.Lines);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_carried_out()
    {
        await using var world = ChannelWorld.Of(ScriptedReceiver.Nobody);

        var refusal = await world.RefusalAsync();

        Assert.Equal("LG-6006", refusal.Code);
        Assert.DoesNotContain("127.0.0.1", refusal.ToString(), StringComparison.Ordinal);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_receiver_that_sends_nothing_is_silent()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WaitAsync();
        });
        await using var world = ChannelWorld.Of(receiver.Url);
        var call = world.SendAsync();
        await ChannelWorld.UntilAsync(() => world.Time.Waiting == 1);

        world.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(call.IsCompleted);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("LG-6009: The receiver behind a sent nothing for 60 s. Whether it acted on the call is not known.",
            ChannelWorld.Refused(await call).ToString());
        Assert.Equal(1, receiver.Requests);
        Assert.Equal(0, world.Time.Waiting);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_receiver_that_falls_silent_within_its_answer_breaks_the_reading()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync(Halves["length"]);
            await peer.WaitAsync();
        });
        await using var world = ChannelWorld.Of(receiver.Url);
        var outcome = await world.SendAsync();
        var reading = ChannelWorld.BreakAsync(outcome);
        await ChannelWorld.UntilAsync(() => world.Time.Waiting == 1);

        world.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("LG-6009", (await reading).Code);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_receiver_that_stops_reading_is_silent()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadHeadAsync();
            await peer.WaitAsync();
        });
        await using var world = ChannelWorld.Of(receiver.Url);
        var written = 0L;
        var call = world.SendAsync(destination => ChannelWorld.Call(destination) with
        {
            ContentLength = null,
            CanRepeat = false,
            WriteAsync = async (output, ct) =>
            {
                while (true)
                {
                    await output.WriteAsync(new byte[64 * 1024], ct);
                    written++;
                }
            },
        });
        // The buffers of the connection are full when no more is taken.
        for (var before = -1L; before != Interlocked.Read(ref written) || before == 0; await Task.Delay(100))
            before = Interlocked.Read(ref written);

        while (!call.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(60));
            await Task.Delay(5);
        }

        Assert.Equal("LG-6009", ChannelWorld.Refused(await call).Code);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task The_time_that_the_sender_takes_is_not_the_receivers_silence()
    {
        await using var receiver = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<answer/>"));
        await using var world = ChannelWorld.Of(receiver.Url);
        var (half, rest) = (new TaskCompletionSource(), new TaskCompletionSource());
        var call = world.SendAsync(destination => ChannelWorld.Upload(destination, 100_000) with
        {
            WriteAsync = async (output, ct) =>
            {
                await ChannelWorld.WriteZerosAsync(output, 50_000, ct);
                half.SetResult();
                await rest.Task;
                await ChannelWorld.WriteZerosAsync(output, 50_000, ct);
            },
        });
        await half.Task.WaitAsync(TimeSpan.FromMinutes(3));

        world.Time.Advance(TimeSpan.FromMinutes(10));
        rest.SetResult();

        await using var answer = (await call).Value!;
        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(100_000, true)]
    public async Task A_slow_answer_must_keep_the_minimum_rate(int bytesAtATime, bool isFastEnough)
    {
        var go = new SemaphoreSlim(0);
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
            for (var drop = 0; drop < 12; drop++)
            {
                await go.WaitAsync(peer.Stopped);
                await peer.WriteAsync(new string('a', bytesAtATime));
            }
        });
        await using var world = ChannelWorld.Of(receiver.Url);
        await using var answer = (await world.SendAsync()).Value!;
        var reading = ReadDropsAsync();

        if (isFastEnough)
        {
            Assert.Equal(12 * bytesAtATime, await reading);
            Assert.Empty(world.Events.Lines);
        }
        else
        {
            var error = await Assert.ThrowsAsync<AnswerBrokenException>(() => reading);
            Assert.Contains("limits.attachmentMinimumRate", error.Message, StringComparison.Ordinal);
            Assert.Equal("LG-6010", error.Refusal.Code);
        }
        world.AssertNothingUnderWay();

        // Before each drop nearly the time passes in which the receiver would be silent.
        async Task<long> ReadDropsAsync()
        {
            for (long received = 0, drops = 0; ;)
            {
                var read = answer.Body.ReadAsync();
                if (received == drops * bytesAtATime && drops < 12)
                {
                    Assert.False(read.IsCompleted);
                    world.Time.Advance(TimeSpan.FromSeconds(50));
                    drops++;
                    go.Release();
                }
                var result = await read;
                received += result.Buffer.Length;
                answer.Body.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                    return received;
            }
        }
    }

    [Fact]
    public async Task A_connection_that_is_reset_while_a_body_is_sent_breaks_the_call()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadHeadAsync();
            await peer.ReadAsync(100_000);
            peer.Reset();
        });
        await using var world = ChannelWorld.Of(receiver.Url);

        var refusal = ChannelWorld.Refused(await world.SendAsync(destination => ChannelWorld.Upload(destination, 256L << 20)));

        Assert.Equal("LG-6010", refusal.Code);
        Assert.Equal(1, receiver.Requests);
        world.AssertNothingUnderWay();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_fault_of_a_receiver_that_refuses_a_large_body_early_comes_back(bool lengthKnown)
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadHeadAsync();
            await peer.WriteAsync(ScriptedReceiver.Answer("<fault/>", "500 No", "Connection: close\r\n"));
            peer.EndWriting();
            await peer.ReadAsync(1_000_000);
        });
        await using var world = ChannelWorld.Of(receiver.Url);

        await using var answer = (await world.SendAsync(destination => ChannelWorld.Upload(destination, 256L << 20, lengthKnown))).Value!;

        Assert.Equal(500, answer.Status);
        Assert.Equal("<fault/>", await ChannelWorld.TextAsync(answer));
        Assert.Empty(world.Events.Lines);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task After_an_early_answer_the_next_call_goes_out_whole_on_another_connection()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            var head = await peer.ReadHeadAsync();
            if (head!.Contains("multipart", StringComparison.Ordinal))
            {
                await peer.WriteAsync(ScriptedReceiver.Answer("<fault/>", "500 No"));
                await peer.WaitAsync();
            }
            await peer.ReadAsync(7);
            await peer.WriteAsync(ScriptedReceiver.Answer("<answer/>"));
        });
        await using var world = ChannelWorld.Of(receiver.Url);
        await using (var answer = (await world.SendAsync(destination => ChannelWorld.Upload(destination, 256L << 20))).Value!)
            Assert.Equal("<fault/>", await ChannelWorld.TextAsync(answer));

        var outcome = await world.SendAsync(destination => ChannelWorld.Call(destination) with { CanRepeat = false });

        await using var second = outcome.Value!;
        Assert.Equal("<answer/>", await ChannelWorld.TextAsync(second));
    }

    [Fact]
    public async Task A_safe_call_is_sent_once_more_where_the_connection_was_closed_meanwhile()
    {
        var first = true;
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            if (!first)
                await peer.WriteAsync(ScriptedReceiver.Answer("<answer/>"));
            first = false;
        });
        await using var world = ChannelWorld.Of(receiver.Url);

        Assert.Equal("a 200 <answer/>", await world.AnswerAsync(safe: true));

        Assert.Equal(2, receiver.Requests);
        Assert.Empty(world.Events.Lines);
    }
}
