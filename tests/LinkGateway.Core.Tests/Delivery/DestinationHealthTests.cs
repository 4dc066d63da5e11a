using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>When a destination is left alone, and when it is tried.</summary>
public sealed class DestinationHealthTests
{
    const string There = "to-gw-b";

    static readonly DateTimeOffset Night = new(2026, 11, 27, 22, 0, 0, TimeSpan.Zero);

    static readonly OutageSettings Settings = new()
    {
        Misses = 3,
        Credit = 0.5,
        FirstPause = TimeSpan.FromSeconds(5),
        LongestPause = TimeSpan.FromSeconds(15),
    };

    readonly DestinationHealth _health = new();

    [Fact]
    public void It_is_left_alone_after_so_many_misses()
    {
        Assert.False(Miss(0));
        Assert.False(Miss(1));
        Assert.True(_health.Admits(There, At(1)));
        Assert.True(Miss(2));
        Assert.True(_health.IsOpen(There));
        Assert.False(_health.Admits(There, At(2)));
        Assert.Equal(At(7), _health.NextProbe(There));
    }

    [Fact]
    public void Answers_make_misses_good_a_little()
    {
        for (var i = 0; i < 30; i += 3)
        {
            Assert.False(Miss(i));
            _health.Answered(There, At(i + 1), Settings);
            _health.Answered(There, At(i + 2), Settings);
        }

        // Two of three: no credit keeps up with that.
        var opened = false;
        for (var i = 30; i < 60 && !opened; i += 3)
        {
            opened = Miss(i) || Miss(i + 1);
            if (!opened) _health.Answered(There, At(i + 2), Settings);
        }

        Assert.True(opened);
    }

    [Fact]
    public void One_delivery_at_a_time_tries_it_ever_more_rarely()
    {
        Open();
        foreach (var pause in new[] { 5, 10, 15, 15 })
        {
            var due = _health.NextProbe(There)!.Value;
            Assert.False(_health.TryProbe(There, due.AddTicks(-1)));
            Assert.True(_health.TryProbe(There, due));
            Assert.False(_health.TryProbe(There, due));
            Assert.Null(_health.NextProbe(There));
            _health.Missed(There, due, Settings);
            Assert.Equal(Math.Min(pause * 2, 15), (_health.NextProbe(There)!.Value - due).TotalSeconds);
        }
    }

    [Fact]
    public void What_was_under_way_when_it_was_found_missing_does_not_put_the_next_try_off()
    {
        Open();
        var due = _health.NextProbe(There);
        for (var i = 0; i < 8; i++) Miss(3);
        Assert.Equal(due, _health.NextProbe(There));
    }

    [Fact]
    public void A_try_that_ends_without_having_reached_it_is_followed_by_another()
    {
        Open();
        _health.TryProbe(There, At(7));
        _health.ProbeEnded(There, At(8));
        Assert.Equal(At(13), _health.NextProbe(There));
    }

    [Fact]
    public void One_answer_ends_it_and_one_miss_more_begins_it_again()
    {
        Open();
        _health.TryProbe(There, At(7));
        _health.Answered(There, At(8), Settings);
        Assert.False(_health.IsOpen(There));
        Assert.Equal([(There, At(8))], _health.Draining());

        Miss(9);
        Assert.True(Miss(10));
        Assert.Empty(_health.Draining());
    }

    [Fact]
    public void That_it_answers_something_else_lets_it_be_tried_at_once_but_only_once()
    {
        Open();
        Assert.True(_health.Reached(There, At(3)));
        Assert.True(_health.IsOpen(There));
        Assert.True(_health.TryProbe(There, At(3)));
        _health.Missed(There, At(4), Settings);
        var due = _health.NextProbe(There);

        _health.Reached(There, At(5));

        Assert.Equal(due, _health.NextProbe(There));
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_put_the_next_try_off()
    {
        Open();
        Assert.True(_health.TryProbe(There, Night.AddDays(-1)));
    }

    [Fact]
    public void What_is_not_configured_any_more_is_forgotten()
    {
        Open();
        _health.Missed("other", At(0), Settings);
        Assert.Equal([There], _health.Keep(new HashSet<string> { "third" }));
        Assert.False(_health.IsOpen(There));
        Assert.Empty(_health.Outages());
    }

    void Open()
    {
        for (var i = 0; i < 3; i++) Miss(i);
    }

    bool Miss(int second) => _health.Missed(There, At(second), Settings, "no route to host");

    static DateTimeOffset At(int second) => Night.AddSeconds(second);
}
