namespace LinkGateway.Client.Sending;

public sealed class FlightControlTests
{
    const int Mega = 1_000_000;

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(4 << 20)]
    [InlineData(16 << 20)]
    public void A_long_line_is_used_to_four_fifths_with_the_start_counted_in(int chunk)
    {
        var line = new SimulatedLine { Chunk = chunk, Jitter = 10 };

        var rate = line.Send(new FlightControl(8), seconds: 20);

        Assert.InRange(rate, 0.8 * line.BytesPerSecond, line.BytesPerSecond);
    }

    [Fact]
    public void It_begins_with_two_and_never_exceeds_what_is_allowed()
    {
        var (control, line) = (new FlightControl(5), new SimulatedLine { RoundTrip = 500 });
        Assert.Equal(2, control.Window);

        line.Send(control, seconds: 60);

        Assert.Equal(5, line.Highest);
        Assert.Equal(1, new FlightControl(1).Window);
    }

    [Fact]
    public void A_line_that_one_chunk_fills_is_not_given_more_for_long()
    {
        var line = new SimulatedLine { Chunk = 16 << 20, BytesPerSecond = 2 * Mega, RoundTrip = 10 };
        var control = new FlightControl(8);

        var rate = line.Send(control, seconds: 3_600);

        Assert.InRange(control.Window, 1, 3);
        Assert.InRange(rate, 0.95 * line.BytesPerSecond, line.BytesPerSecond);
    }

    [Fact]
    public void A_line_that_becomes_longer_gets_more_and_one_that_becomes_shorter_fewer()
    {
        var (control, line) = (new FlightControl(8), new SimulatedLine { RoundTrip = 2 });
        line.Send(control, seconds: 60);
        Assert.InRange(control.Window, 1, 4);

        line.RoundTrip = 100;
        line.Send(control, seconds: 60);
        Assert.InRange(control.Window, 6, 8);

        line.RoundTrip = 2;
        line.Send(control, seconds: 120);
        Assert.InRange(control.Window, 1, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_uneven_line_is_used_all_the_same(int seed)
    {
        var line = new SimulatedLine { Jitter = 40, Random = new Random(seed) };
        var all = new SimulatedLine { Jitter = 40, Random = new Random(seed) };
        var attainable = all.Send(window: 8, seconds: 120);

        var rate = line.Send(new FlightControl(8), seconds: 120);

        Assert.True(rate >= 0.8 * attainable, $"{rate} of {attainable} with seed {seed}");
    }

    [Fact]
    public void A_cut_that_takes_every_chunk_in_flight_halves_the_number_once()
    {
        var (control, line) = (new FlightControl(8), new SimulatedLine { RoundTrip = 200 });
        line.Send(control, seconds: 60);
        var before = control.Window;

        for (var chunk = 0; chunk < before; chunk++) control.Troubled();

        Assert.InRange(before, 7, 8);
        Assert.Equal(before / 2, control.Window);
    }
}
