using LinkGateway.Core.Pacing;
using LinkGateway.Testing.Time;

namespace LinkGateway.Core.Tests.Pacing;

public sealed class BandwidthBucketTests
{
    const int Slice = 64 << 10;
    const long Rate = 1 << 20;

    readonly ManualTime _time = new();
    readonly BandwidthBucket _bucket;

    public BandwidthBucketTests()
    {
        // What waits for the clock goes on where the clock is moved.
        SynchronizationContext.SetSynchronizationContext(null);
        _bucket = new BandwidthBucket(new InlineScheduler(_time), _time);
        _bucket.Set(Rate);
    }

    [Fact]
    public void What_goes_out_is_the_rate_times_the_time()
    {
        var wanted = Want(Lane("a"), count: 1000);

        foreach (var seconds in (int[])[1, 10, 40])
        {
            Run(seconds);
            var expected = Rate * _time.GetElapsedTime(Begun, _time.GetTimestamp()).TotalSeconds;
            Assert.InRange(Granted(wanted), expected - Slice, expected + (2 * Slice));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Two_that_want_all_get_shares_by_their_weights(int weight)
    {
        var heavy = Want(Lane("heavy", weight), count: 1000);
        var light = Want(Lane("light"), count: 1000);

        Run(20);

        var share = (double)Granted(heavy) / (Granted(heavy) + Granted(light));
        Assert.InRange(share, (weight / (weight + 1.0)) - 0.02, (weight / (weight + 1.0)) + 0.02);
    }

    [Fact]
    public void A_delivery_has_one_share_however_many_of_its_chunks_are_on_their_way()
    {
        var many = Enumerable.Range(0, 4).SelectMany(_ => Want(Lane("many"), count: 500)).ToList();
        var one = Want(Lane("one"), count: 200);

        Run(10);

        Assert.InRange((double)Granted(one) / Granted(many), 0.95, 1.05);
    }

    [Fact]
    public void Whoever_comes_later_has_its_share_at_once_and_no_more()
    {
        var first = Want(Lane("first"), count: 1000);
        Run(30);
        var before = Granted(first);
        var second = Want(Lane("second"), count: 1000);

        Run(10);

        Assert.InRange((double)Granted(second) / (Granted(first) - before), 0.95, 1.05);
    }

    [Fact]
    public void A_pause_saves_nothing_up_but_a_moment()
    {
        Run(3600);

        var wanted = Want(Lane("a"), count: 1000);

        Assert.InRange(Granted(wanted), 0, (Rate / 5) + Slice);
    }

    [Fact]
    public void Whoever_gives_up_is_told_so_and_takes_nothing_from_the_others()
    {
        using var enough = new CancellationTokenSource();
        var lane = Lane("a");
        var gone = Want(lane, count: 100, enough.Token);
        var others = Want(Lane("b"), count: 1000);
        Run(1);
        var before = Granted(gone);

        enough.Cancel();
        Run(10);

        Assert.All(gone, wait => Assert.True(wait.IsCompleted));
        Assert.Equal(before, Granted(gone));
        Assert.InRange(Granted(others) + before, (11 * Rate) - Slice, (11 * Rate) + (2 * Slice));
    }

    [Fact]
    public void Another_rate_holds_for_those_that_wait()
    {
        var wanted = Want(Lane("a"), count: 4000);
        Run(10);
        var before = Granted(wanted);

        _bucket.Set(4 * Rate);
        Run(10);

        Assert.InRange(Granted(wanted) - before, (40 * Rate) - Rate, (40 * Rate) + Rate);
        _bucket.Set(null);
        Run(1);
        Assert.All(wanted, wait => Assert.True(wait.IsCompletedSuccessfully));
        Assert.True(IsOver(_bucket.TakeAsync(Lane("b"), 1 << 30, CancellationToken.None)));
    }

    [Fact]
    public void What_was_not_used_is_given_back()
    {
        var lane = Lane("a");
        Run(1);
        Assert.True(IsOver(_bucket.TakeAsync(lane, 10 << 20, CancellationToken.None)));
        _bucket.Return(10 << 20);

        Assert.True(IsOver(_bucket.TakeAsync(lane, Slice, CancellationToken.None)));
    }

    [Fact]
    public void Whoever_need_not_wait_costs_no_memory()
    {
        var lane = Lane("a");
        Run(1);
        Assert.True(IsOver(_bucket.TakeAsync(lane, 1, CancellationToken.None)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++) Assert.True(IsOver(_bucket.TakeAsync(lane, 1, CancellationToken.None)));

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Pieces_are_small_where_the_line_is_narrow()
    {
        _bucket.Set(64 << 10);
        Assert.Equal(4 << 10, _bucket.Slice);
        _bucket.Set(1L << 40);
        Assert.Equal(256 << 10, _bucket.Slice);
        _bucket.Set(null);
        Assert.Equal(int.MaxValue, _bucket.Slice);
    }

    long Begun { get; } = new ManualTime().GetTimestamp();

    BandwidthLane Lane(string id, double weight = 1) => _bucket.Join(id, () => weight);

    List<ValueTask> Want(BandwidthLane lane, int count, CancellationToken cancellationToken = default) =>
        [.. Enumerable.Range(0, count).Select(_ => _bucket.TakeAsync(lane, Slice, cancellationToken))];

    static bool IsOver(ValueTask wait) => wait.IsCompletedSuccessfully;

    static long Granted(List<ValueTask> waits) => waits.Count(wait => wait.IsCompletedSuccessfully) * (long)Slice;

    void Run(double seconds)
    {
        for (var step = 0; step < seconds * 100; step++) _time.Advance(TimeSpan.FromMilliseconds(10));
    }
}
