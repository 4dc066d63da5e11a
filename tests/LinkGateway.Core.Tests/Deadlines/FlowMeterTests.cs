using LinkGateway.Core.Deadlines;

namespace LinkGateway.Core.Tests.Deadlines;

public sealed class FlowMeterTests
{
    const string There = "to-gw-b";
    const long MiB = 1 << 20;

    static readonly DateTimeOffset Start = new(2026, 4, 2, 0, 0, 0, TimeSpan.FromHours(9));

    readonly FlowMeter _flow = new();

    [Fact]
    public void Nothing_is_known_before_the_first_file_has_gone()
    {
        Assert.Null(_flow.RateOf(There, Start));

        _flow.Begin(There, MiB, Start).End(arrived: false, Start.AddSeconds(5));

        Assert.Null(_flow.RateOf(There, Start.AddSeconds(5)));
    }

    [Fact]
    public void What_a_file_costs_and_what_a_byte_costs_are_told_apart()
    {
        // 20 s for a hundred small files, then 100 s for 1000 MiB in one.
        for (var file = 0; file < 100; file++) Send(4096, Start.AddSeconds(file * 0.2), Start.AddSeconds((file + 1) * 0.2));
        Send(1000 * MiB, Start.AddSeconds(20), Start.AddSeconds(120));

        var rate = _flow.RateOf(There, Start.AddSeconds(120))!.Value;

        Assert.Equal(0.2, rate.SecondsPerFile, 0.02);
        Assert.Equal(0.1, rate.SecondsPerByte * MiB, 0.01);
    }

    [Fact]
    public void Several_at_once_are_as_quick_as_they_are_together()
    {
        for (var round = 0; round < 10; round++)
        {
            var flights = Enumerable.Range(0, 4).Select(_ => _flow.Begin(There, 10 * MiB, Start.AddSeconds(round * 10))).ToList();
            foreach (var flight in flights) flight.End(arrived: true, Start.AddSeconds((round + 1) * 10));
        }

        Assert.Equal(100, _flow.RateOf(There, Start.AddSeconds(100))!.Value.Seconds(40, 400 * MiB), 1.0);
    }

    [Fact]
    public void A_large_file_counts_while_it_goes()
    {
        var flight = _flow.Begin(There, 8192 * MiB, Start);
        for (var second = 1; second <= 60; second++) flight.Moved(16 * MiB, Start.AddSeconds(second));

        Assert.Equal(960 * MiB, _flow.BytesThere(There));
        Assert.Equal((8192 - 960) / 16.0, _flow.RateOf(There, Start.AddSeconds(60))!.Value.Seconds(0, (8192 - 960) * MiB), 20.0);
    }

    [Fact]
    public void Time_without_work_does_not_count()
    {
        Send(100 * MiB, Start, Start.AddSeconds(100));

        Assert.Equal(100, _flow.RateOf(There, Start.AddHours(5))!.Value.Seconds(1, 100 * MiB), 0.1);
    }

    [Fact]
    public void What_stands_still_becomes_slow_whether_something_is_under_way_or_only_waits()
    {
        Send(100 * MiB, Start, Start.AddSeconds(100));
        _flow.Waited(There, Start.AddSeconds(100), Start.AddSeconds(400));
        var waited = _flow.RateOf(There, Start.AddSeconds(400))!.Value.Seconds(1, 100 * MiB);
        Assert.InRange(waited, 250, 1000);

        _flow.Begin(There, 100 * MiB, Start.AddSeconds(400));

        Assert.True(_flow.RateOf(There, Start.AddSeconds(700))!.Value.Seconds(1, 100 * MiB) > waited);
    }

    [Fact]
    public void Recent_minutes_count_most()
    {
        for (var file = 0; file < 60; file++) Send(10 * MiB, Start.AddSeconds(file * 10), Start.AddSeconds((file * 10) + 10));
        for (var file = 0; file < 60; file++) Send(10 * MiB, Start.AddSeconds(600 + (file * 10)), Start.AddSeconds(600 + (file * 10) + 2));

        Assert.InRange(_flow.RateOf(There, Start.AddSeconds(1200))!.Value.Seconds(1, 10 * MiB), 1.9, 4);
    }

    [Fact]
    public void Destinations_do_not_mix()
    {
        Send(MiB, Start, Start.AddSeconds(10));

        Assert.Null(_flow.RateOf("other", Start.AddSeconds(10)));
    }

    void Send(long bytes, DateTimeOffset from, DateTimeOffset to) => _flow.Begin(There, bytes, from).End(arrived: true, to);
}
