using System.Text.Json;
using LinkGateway.Client.Gateway;
using LinkGateway.Client.Receiving;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Watching;

namespace LinkGateway.Client.Watching;

public sealed class FolderSenderTests
{
    const string Name = "houses.csv";

    static readonly byte[] File = TempFolder.Bytes(3 * SenderBench.Chunk);

    [Fact]
    public async Task What_is_whole_is_sent_and_moved()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        bench.Put(Name, File);

        var sent = Assert.Single((await bench.RunAsync()).Sent);

        Assert.Equal(SendEnd.Accepted, sent.Outcome.End);
        Assert.Equal(File, Assert.Single(bench.Accepted));
        Assert.Empty(bench.Names());
        Assert.Equal([Name], bench.Names("done"));
        Assert.Empty((await bench.RunAsync()).Sent);
    }

    [Fact]
    public async Task What_is_kept_is_sent_once_and_again_when_it_changes()
    {
        await using var bench = await WatchBench.StartAsync(moving: false);
        bench.Put(Name, File);
        Assert.Single((await bench.RunAsync()).Sent);
        Assert.Empty((await bench.RunAsync()).Sent);
        Assert.Equal([Name, Name + ".linkgw"], bench.Names());

        bench.Put(Name, [1, 2, 3]);
        Assert.Single((await bench.RunAsync()).Sent);
        Assert.Equal(2, bench.Accepted.Count);
    }

    [Fact]
    public async Task The_same_name_each_night_gets_a_number_in_the_folder_for_what_is_done()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        foreach (byte night in (byte[])[1, 2])
        {
            bench.Put(Name, [night]);
            await bench.RunAsync();
        }

        Assert.Equal(["houses (2).csv", Name], bench.Names("done"));
        Assert.Equal(2, bench.Accepted.Count);
    }

    [Fact]
    public async Task A_marked_file_waits_for_its_marker()
    {
        await using var bench = await WatchBench.StartAsync(moving: true, marked: true);
        bench.Put(Name, File);
        Assert.Empty((await bench.RunAsync()).Sent);

        bench.Put(Name + ".end", []);
        Assert.Single((await bench.RunAsync()).Sent);
        Assert.Empty(bench.Names());
        Assert.Empty(bench.Aside());
    }

    [Theory]
    [InlineData(SendStep.Accepted)]
    [InlineData(SendStep.Kept)]
    [InlineData(SendStep.MarkerAside)]
    [InlineData(SendStep.Aside)]
    [InlineData(SendStep.Ended)]
    public async Task After_a_crash_at_any_step_the_file_is_sent_once_and_done(SendStep step)
    {
        foreach (var (moving, marked) in new[] { (true, false), (true, true), (false, true) })
        {
            await using var bench = await WatchBench.StartAsync(moving, marked, deleting: !moving);
            bench.Put(Name, File);
            if (marked) bench.Put(Name + ".end", []);
            bench.AtStep = at =>
            {
                if (at == step) throw new CrashException();
            };
            await Assert.ThrowsAsync<CrashException>(() => bench.RunAsync());
            bench.AtStep = _ => { };

            await bench.RunAsync();

            Assert.Equal(File, Assert.Single(bench.Accepted));
            Assert.Empty(bench.Names());
            Assert.Empty(bench.Aside());
            Assert.Equal(moving ? [Name] : [], bench.Names("done"));
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task A_sent_file_that_a_crash_left_aside_is_done_first_though_a_new_one_of_its_name_is_there(bool moving, bool marked)
    {
        await using var bench = await WatchBench.StartAsync(moving, marked, deleting: !moving);
        bench.Put(Name, File);
        if (marked) bench.Put(Name + ".end", []);
        bench.AtStep = at =>
        {
            if (at != SendStep.Aside) return;
            bench.Put(Name, [1, 2, 3]);
            if (marked) bench.Put(Name + ".end", []);
            throw new CrashException();
        };
        await Assert.ThrowsAsync<CrashException>(() => bench.RunAsync());
        bench.AtStep = _ => { };

        await bench.RunAsync();

        Assert.Equal([File.Length, 3], bench.Accepted.Select(bytes => bytes.Length));
        Assert.Empty(bench.Names());
        Assert.Empty(bench.Aside());
        Assert.Equal(moving ? ["houses (2).csv", Name] : [], bench.Names("done"));
        if (moving) Assert.Equal(File, System.IO.File.ReadAllBytes(bench.PathOf("done", Name)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unsent_file_that_a_crash_left_aside_is_sent_after_the_new_one_of_its_name(bool moving)
    {
        await using var bench = await WatchBench.StartAsync(moving, deleting: !moving);
        bench.Put(Name, File);
        bench.AtStep = at =>
        {
            // Newer than the one that was sent, and so taken aside in its place; and then one that is newer still.
            if (at == SendStep.MarkerAside) bench.Put(Name, [1, 2, 3]);
            if (at != SendStep.Aside) return;
            bench.Put(Name, [4, 5]);
            throw new CrashException();
        };
        await Assert.ThrowsAsync<CrashException>(() => bench.RunAsync());
        bench.AtStep = _ => { };

        await bench.RunAsync();
        await bench.RunAsync();

        Assert.Equal([File.Length, 2, 3], bench.Accepted.Select(bytes => bytes.Length));
        Assert.Empty(bench.Names());
        Assert.Empty(bench.Aside());
        Assert.Empty(bench.Names("out/.linkgw-send/later"));
        Assert.Equal(moving ? ["houses (2).csv", Name] : [], bench.Names("done"));
        if (moving) Assert.Equal((byte[])[4, 5], System.IO.File.ReadAllBytes(bench.PathOf("done", Name)));
    }

    [Theory]
    [InlineData(SendStep.Accepted)]
    [InlineData(SendStep.Kept)]
    [InlineData(SendStep.MarkerAside)]
    public async Task A_file_that_is_replaced_by_a_newer_one_is_not_lost(SendStep step)
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        bench.Put(Name, File);
        bench.AtStep = at =>
        {
            if (at == step && bench.Accepted.Count == 1) bench.Put(Name, [1, 2, 3]);
        };

        await bench.RunAsync();
        await bench.RunAsync();

        Assert.Equal([File.Length, 3], bench.Accepted.Select(bytes => bytes.Length));
        Assert.Empty(bench.Names());
    }

    [Fact]
    public async Task A_file_that_is_replaced_after_it_was_begun_is_sent_as_it_is_now()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        bench.Put(Name, File);
        bench.Sender.Service.Tricks = (operation, _) => operation == "CommitTransfer" ? new Trick.LoseAnswer() : null;
        Assert.Equal(SendEnd.Unavailable, Assert.Single((await bench.RunAsync()).Sent).Outcome.End);
        bench.Sender.Service.Tricks = (_, _) => null;

        bench.Put(Name, [1, 2, 3]);
        Assert.Equal(SendEnd.Accepted, Assert.Single((await bench.RunAsync()).Sent).Outcome.End);
    }

    [Fact]
    public async Task A_name_that_does_not_fit_goes_to_the_errors_with_the_reason()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        bench.Problem = "the name does not match the pattern";
        bench.Put(Name, File);

        Assert.Equal(SendEnd.Refused, Assert.Single((await bench.RunAsync()).Sent).Outcome.End);

        Assert.Equal([Name, Name + ".error.json"], bench.Names("errors"));
        var note = JsonDocument.Parse(System.IO.File.ReadAllBytes(bench.PathOf("errors", Name + ".error.json"))).RootElement;
        Assert.Equal(bench.Problem, note.GetProperty("text").GetString());
        Assert.Empty(bench.Names());
    }

    [Fact]
    public async Task Refused_files_of_one_name_lie_beside_each_other_each_with_its_reason()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        bench.Problem = "the name does not match the pattern";
        foreach (byte night in (byte[])[1, 2])
        {
            bench.Put(Name, [night]);
            await bench.RunAsync();
        }

        Assert.Equal(["houses (2).csv", "houses (2).csv.error.json", Name, Name + ".error.json"], bench.Names("errors"));
        Assert.Equal((byte[])[1], System.IO.File.ReadAllBytes(bench.PathOf("errors", Name)));
        Assert.Equal((byte[])[2], System.IO.File.ReadAllBytes(bench.PathOf("errors", "houses (2).csv")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newer_file_that_comes_while_the_older_is_put_away_goes_back_and_waits_for_a_marker_of_its_own(bool isMarked)
    {
        await using var bench = await WatchBench.StartAsync(moving: true, marked: true);
        bench.Problem = "the name does not match the pattern";
        bench.Put(Name, File);
        bench.Put(Name + ".end", []);

        // The reason states the time, and is written just before the file is moved.
        await bench.RunAsync(new AskedTime(() =>
        {
            bench.Put(Name, [1, 2, 3]);
            if (isMarked) bench.Put(Name + ".end", []);
        }));
        bench.Problem = null;
        if (!isMarked)
        {
            Assert.Empty((await bench.RunAsync()).Sent);
            Assert.Equal([Name], bench.Names());
            bench.Put(Name + ".end", []);
        }

        await bench.RunAsync();

        Assert.Equal(3, Assert.Single(bench.Accepted).Length);
        Assert.Empty(bench.Names());
        Assert.Empty(bench.Names("errors"));
    }

    [Fact]
    public async Task What_is_refused_to_the_sender_itself_is_no_fault_of_the_file()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        bench.Put(Name, File);
        bench.Put("land.csv", File);
        bench.Sender.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(ErrorCatalogue.NotAuthenticated));

        var round = await bench.RunAsync();

        Assert.Equal(SendEnd.Refused, round.Failure!.Outcome.End);
        Assert.Single(round.Sent);
        Assert.Empty(bench.Names("errors"));
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_not_asked_for_every_file()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        for (var i = 0; i < 5; i++) bench.Put($"{i}.csv", [1]);
        bench.Sender.Service.Tricks = (_, _) => new Trick.LoseAnswer();

        var round = await bench.RunAsync();

        Assert.Equal(2, round.Sent.Count);
        Assert.Equal(SendEnd.Unavailable, round.Failure!.Outcome.End);
    }

    [Fact]
    public async Task One_process_at_a_time_watches_a_folder()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        using var first = bench.TryOpen();
        Assert.NotNull(first);
        Assert.Null(bench.TryOpen());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_made()
    {
        await using var bench = await WatchBench.StartAsync(moving: true);
        Directory.Delete(bench.Folder, recursive: true);

        Assert.Throws<DirectoryNotFoundException>(() => bench.TryOpen());
    }

    [Fact]
    public void A_file_is_stable_when_it_was_seen_unchanged_for_the_time_whatever_its_own_time_says()
    {
        var time = new ManualTime();
        var watch = new FolderWatch(new WatchRules { StableFor = TimeSpan.FromSeconds(30) }, time);
        var old = new FileFacts(Name, 10, DateTimeOffset.UnixEpoch);
        Assert.Equal(1, watch.Look([old]).Growing);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(watch.Look([old]).Whole);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([old], watch.Look([old]).Whole);
        Assert.Empty(watch.Look([old with { Size = 11 }]).Whole);
    }

    /// <summary>A clock that does something when it is first asked for the time of day.</summary>
    sealed class AskedTime(Action first) : TimeProvider
    {
        Action? _first = first;

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Exchange(ref _first, null)?.Invoke();
            return base.GetUtcNow();
        }
    }
}
