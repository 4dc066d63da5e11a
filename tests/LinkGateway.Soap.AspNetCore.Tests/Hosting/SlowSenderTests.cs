using LinkGateway.Testing.Http;
using LinkGateway.Testing.Time;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>
/// Senders that drip: headers and envelope have a total time, attachments a longest silence and a least rate, on a clock that the tests
/// move.
/// </summary>
public class SlowSenderTests
{
    const string Reference = "cid:file%40example.org";
    const int Length = 100_000_000;

    static readonly TimeSpan AlmostAMinute = TimeSpan.FromSeconds(59);

    readonly ManualTime _time = new();

    [Fact]
    public async Task An_envelope_that_drips_is_refused_after_its_total_time_however_often_a_byte_comes()
    {
        await using var server = await StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.Type11, 1000);
        for (var second = 0; second < 30; second++)
        {
            await client.SendAsync("<");
            await UntilAsync(() => _time.Waiting > 0);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        var answer = await AnswerAsync(client);
        Assert.Contains("headerAndRootTime (30 s)", answer.Text, StringComparison.Ordinal);
        Assert.Equal("close", answer["Connection"]);
    }

    [Fact]
    public async Task An_envelope_that_is_whole_just_in_time_is_answered()
    {
        await using var server = await StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        var envelope = Messages.Envelope("echo", "x");
        await client.SendHeadAsync(Messages.Type11, envelope.Length);
        await client.SendAsync(envelope[..20]);
        await UntilAsync(() => _time.Waiting > 0);
        _time.Advance(TimeSpan.FromSeconds(29));
        await client.SendAsync(envelope[20..]);
        Assert.Equal(200, (await client.ReadAsync())?.Status);
    }

    [Fact]
    public async Task Attachments_have_no_total_time()
    {
        await using var server = await StartAsync();
        var block = new string('x', 100_000);
        const int Blocks = 60;
        var start = Messages.Start(Messages.Envelope("store", Reference));
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, start.Length + (Blocks * block.Length) + Messages.End.Length);
        await client.SendAsync(start);
        for (var sent = 1; sent <= Blocks; sent++)
        {
            await client.SendAsync(block);
            await WaitingAfterAsync(server, sent * block.Length);
            _time.Advance(AlmostAMinute);
        }
        await client.SendAsync(Messages.End);
        Assert.Equal(200, (await client.ReadAsync())?.Status);
        Assert.Equal(Blocks * block.Length, Assert.Single(server.Operations.Stored).Bytes);
    }

    [Fact]
    public async Task An_attachment_is_refused_after_its_longest_silence()
    {
        await using var server = await StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, Length);
        await client.SendAsync(Messages.Start(Messages.Envelope("store", Reference)) + new string('x', 100_000));
        await WaitingAfterAsync(server, 100_000);
        _time.Advance(AlmostAMinute);
        await client.SendAsync("x");
        await WaitingAfterAsync(server, 100_001);
        _time.Advance(AlmostAMinute);
        Assert.Equal(1, _time.Waiting);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("attachmentSilence (60 s)", (await AnswerAsync(client)).Text, StringComparison.Ordinal);
        Assert.Empty(server.Operations.Stored);
    }

    [Fact]
    public async Task An_attachment_that_drips_is_refused_after_the_window_of_the_least_rate()
    {
        await using var server = await StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, Length);
        await client.SendAsync(Messages.Start(Messages.Envelope("store", Reference)) + "x");
        // Five silences of 59 s are less than the window of five minutes, the sixth is beyond it.
        for (var sent = 1; sent <= 5; sent++)
        {
            await WaitingAfterAsync(server, sent);
            _time.Advance(AlmostAMinute);
            await client.SendAsync("x");
        }
        await WaitingAfterAsync(server, 6);
        _time.Advance(AlmostAMinute);
        await client.SendAsync("x");
        Assert.Contains("attachmentMinimumRate", (await AnswerAsync(client)).Text, StringComparison.Ordinal);
        Assert.Empty(server.Operations.Stored);
    }

    [Fact]
    public async Task A_refused_body_that_drips_is_thrown_away_no_longer_than_drainTime()
    {
        await using var server = await StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, Length);
        await client.SendAsync(Messages.Start(Messages.Envelope("refuse", Reference)));
        Assert.Equal(500, (await client.ReadAsync())?.Status);
        var closed = client.WaitUntilClosedAsync();
        var seconds = 0;
        try
        {
            // Its time begins when the server throws the first bytes away, which may be some seconds of this clock later.
            while (await Task.WhenAny(closed, Task.Delay(1)) != closed)
            {
                await client.SendAsync("x");
                await UntilAsync(() => _time.Waiting > 0 || closed.IsCompleted);
                _time.Advance(TimeSpan.FromSeconds(1));
                seconds++;
            }
        }
        catch (IOException)
        {
            // Closed before it was seen to be.
        }
        Assert.Equal("", await closed);
        // The answer is left a second to leave.
        Assert.True(seconds >= 61);
    }

    Task<SoapServer> StartAsync() => SoapServer.StartAsync(new SoapHostOptions { Time = _time });

    /// <summary>Until the operation has read so many bytes and waits for the next.</summary>
    Task WaitingAfterAsync(SoapServer server, long bytes) => UntilAsync(() => server.Operations.BytesRead >= bytes && _time.Waiting > 0);

    /// <summary>The answer; what falls due while the server is between two waits fires when it waits again.</summary>
    async Task<RawAnswer> AnswerAsync(RawClient client)
    {
        var answer = client.ReadAsync();
        while (!answer.IsCompleted)
        {
            _time.Advance(TimeSpan.Zero);
            await Task.Delay(1);
        }
        return (await answer)!;
    }

    static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(1);
    }
}
