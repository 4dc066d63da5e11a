using LinkGateway.Core.Deadlines;
using Xunit.Abstractions;

namespace LinkGateway.Core.Tests.Deadlines;

/// <summary>
/// A scripted night at one destination: how wrong is the forecast? Every minute in which something waits it is asked when all of that will
/// be done, and later compared with when it was. The figures stand in docs/operations.md.
/// </summary>
public sealed class ForecastNightTests(ITestOutputHelper output)
{
    const double Tick = 0.02;
    const int Workers = 4;
    const long MiB = 1 << 20;
    const long Chunk = 16 * MiB;

    // What is done within seconds is no backlog.
    static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    static readonly DateTimeOffset Midnight = new(2026, 4, 2, 0, 0, 0, TimeSpan.FromHours(9));

    readonly FlowMeter _flow = new();
    readonly Queue<Sent> _waiting = [];
    readonly List<Sent> _running = [];
    readonly List<Asked> _asked = [];
    readonly HashSet<int> _open = [];
    double _seconds;

    DateTimeOffset Now => Midnight.AddSeconds(_seconds);

    [Fact]
    public void Over_a_scripted_night_the_forecast_is_wrong_by_less_than_a_third_as_a_rule()
    {
        var arrivals = new Queue<Sent>(Arrivals().OrderBy(file => file.At));
        var nextQuestion = 0.0;
        for (var step = 0; step < 6 * 3600 / Tick; step++)
        {
            _seconds = step * Tick;
            while (arrivals.TryPeek(out var file) && file.At <= _seconds)
            {
                _waiting.Enqueue(arrivals.Dequeue());
                _open.Add(file.Number);
            }

            Work();
            if (_seconds < nextQuestion) continue;
            nextQuestion += 60;
            Ask();
        }

        Assert.Empty(arrivals);
        Assert.Empty(_open);
        Report();
    }

    void Work()
    {
        while (_running.Count < Workers && _waiting.TryDequeue(out var next))
        {
            next.Flight = _flow.Begin("destination", next.Size, Now);
            next.Latency = Latency(_seconds);
            _running.Add(next);
        }

        var transferring = _running.Count(file => file.Latency <= 0);
        var share = transferring == 0 ? 0 : Line(_seconds) * MiB * Tick / transferring;
        foreach (var file in _running.ToList())
        {
            if (file.Latency > 0)
            {
                file.Latency -= Tick;
                continue;
            }

            file.Gone += share;
            while (file.Gone - file.Told >= Chunk && file.Told + Chunk < file.Size)
            {
                file.Flight!.Moved(Chunk, Now);
                file.Told += Chunk;
            }

            if (file.Gone < file.Size) continue;
            file.Flight!.End(true, Now);
            _running.Remove(file);
            Finish(file);
        }
    }

    void Finish(Sent file)
    {
        _open.Remove(file.Number);
        foreach (var question in _asked.Where(question => question.Left.Remove(file.Number) && question.Left.Count == 0))
            question.Done = Now;
    }

    void Ask()
    {
        if (_open.Count == 0) return;
        var bytes = _waiting.Sum(file => file.Size) + _running.Sum(file => file.Size) - _flow.BytesThere("destination");
        if (_flow.RateOf("destination", Now) is not { } rate) return;
        var forecast = Now.AddSeconds(rate.Seconds(_open.Count, Math.Max(0, bytes)));
        _asked.Add(new Asked { At = Now, Forecast = forecast, Left = [.. _open] });
    }

    void Report()
    {
        var judged = _asked.Where(question => question.Done - question.At >= Shortest).ToList();
        var errors = judged.Select(Error).Order().ToList();
        var steady = judged.Where(question => IsSteady(question)).Select(Error).Order().ToList();
        var late = judged.Count(question => question.Done > question.Forecast);
        output.WriteLine($"{judged.Count} forecasts of backlogs that took from {judged.Min(q => q.Done - q.At):h\\:mm\\:ss} "
            + $"to {judged.Max(q => q.Done - q.At):h\\:mm\\:ss}");
        output.WriteLine(
            $"relative error: median {Part(errors, 0.5):P0}, nine of ten below {Part(errors, 0.9):P0}, worst {errors[^1]:P0}");
        output.WriteLine($"while the rate stood ({steady.Count}): median {Part(steady, 0.5):P0}, nine of ten below {Part(steady, 0.9):P0}");
        output.WriteLine($"too early {late}, too late {judged.Count - late}");
        Assert.True(judged.Count > 100, $"only {judged.Count} forecasts");
        Assert.True(Part(errors, 0.5) < 0.35, "the median");
        Assert.True(Part(steady, 0.5) < 0.1, "while the rate stood");
    }

    static double Error(Asked question) =>
        Math.Abs((question.Forecast - question.Done).TotalSeconds) / (question.Done - question.At).TotalSeconds;

    static double Part(List<double> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))];

    // Nothing changed from five minutes before the question to the end, and nothing more came.
    static bool IsSteady(Asked question)
    {
        var (from, to) = ((question.At - Midnight).TotalSeconds - 300, (question.Done - Midnight).TotalSeconds);
        return !Changes.Any(change => change > from && change < to);
    }

    static readonly double[] Changes = [0, 70 * 60, 110 * 60, 150 * 60, 165 * 60, 180 * 60, 210 * 60, 240 * 60];

    // MiB a second: a slow hour, an outage, a quick morning.
    static double Line(double second) => (second / 60) switch
    {
        < 70 => 8,
        < 110 => 3,
        < 150 => 8,
        < 165 => 0,
        < 240 => 6,
        _ => 12,
    };

    // What a file costs beside its bytes: for half an hour the receiver is slow.
    static double Latency(double second) => (second / 60) switch
    {
        < 180 => 0.25,
        < 210 => 0.6,
        _ => 0.25,
    };

    /// <summary>50,000 small files, twenty of 1 GiB and one of 8 GiB, in waves that come faster than they go.</summary>
    static IEnumerable<Sent> Arrivals()
    {
        var random = new Random(7);
        var number = 0;
        var small = ((double, double, int)[])[(1, 2, 15_000), (75, 4, 12_000), (145, 10, 8_000), (182, 10, 15_000)];
        foreach (var (from, minutes, count) in small)
        {
            for (var index = 0; index < count; index++)
            {
                var at = (from + (minutes * random.NextDouble())) * 60;
                yield return new Sent { Number = number++, At = at, Size = (long)(4096 * Math.Pow(16, random.NextDouble())) };
            }
        }

        foreach (var (from, minutes, count) in ((double, double, int)[])[(3, 5, 5), (76, 10, 5), (148, 5, 4), (215, 10, 6)])
        {
            for (var index = 0; index < count; index++)
                yield return new Sent { Number = number++, At = (from + (minutes * random.NextDouble())) * 60, Size = 1024 * MiB };
        }

        yield return new Sent { Number = number, At = 40 * 60, Size = 8192 * MiB };
    }

    sealed class Sent
    {
        public required int Number { get; init; }

        public required double At { get; init; }

        public required long Size { get; init; }

        public Flight? Flight { get; set; }

        public double Latency { get; set; }

        public double Gone { get; set; }

        public long Told { get; set; }
    }

    sealed class Asked
    {
        public required DateTimeOffset At { get; init; }

        public required DateTimeOffset Forecast { get; init; }

        public required HashSet<int> Left { get; init; }

        public DateTimeOffset Done { get; set; }
    }
}
