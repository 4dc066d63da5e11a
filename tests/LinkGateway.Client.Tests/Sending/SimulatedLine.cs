namespace LinkGateway.Client.Sending;

/// <summary>
/// A line in virtual time, in steps of a millisecond: chunks in flight share its rate; each costs two round trips beside its bytes, one
/// before them (100 Continue) and one until the answer is there.
/// </summary>
sealed class SimulatedLine
{
    const int Mega = 1_000_000;

    readonly List<Flight> _flights = [];
    int _now;

    /// <summary>Bytes a second, all chunks together.</summary>
    public int BytesPerSecond { get; set; } = 50 * Mega;

    /// <summary>Round trip in milliseconds.</summary>
    public int RoundTrip { get; set; } = 50;

    public int Chunk { get; init; } = 1 << 20;

    /// <summary>
    /// Adds up to so many milliseconds to each chunk, by chance. Without it all chunks keep step for ever, and the line idles in between.
    /// </summary>
    public int Jitter { get; init; }

    public Random Random { get; init; } = new(1);

    /// <summary>Most chunks that were in flight.</summary>
    public int Highest { get; private set; }

    /// <summary>Sends for a while under the control.</summary>
    /// <returns>Bytes a second that were answered for.</returns>
    public double Send(FlightControl control, int seconds) =>
        Send(() => control.Window, at => control.Completed(Chunk, at), seconds);

    /// <summary>Sends for a while with a fixed number of chunks in flight.</summary>
    /// <returns>Bytes a second that were answered for.</returns>
    public double Send(int window, int seconds) => Send(() => window, _ => { }, seconds);

    double Send(Func<int> window, Action<TimeSpan> completed, int seconds)
    {
        var done = 0L;
        for (var end = _now + (seconds * 1000); _now < end; _now++)
        {
            while (_flights.Count < window())
                _flights.Add(new Flight { Left = Chunk, SendsFrom = _now + RoundTrip + Random.Next(Jitter + 1) });
            Highest = Math.Max(Highest, _flights.Count);
            Advance();
            foreach (var landed in _flights.Where(flight => flight.LandsAt <= _now).ToArray())
            {
                _flights.Remove(landed);
                done += Chunk;
                completed(TimeSpan.FromMilliseconds(_now));
            }
        }

        return (double)done / seconds;
    }

    void Advance()
    {
        var sending = _flights.Where(flight => flight.Left > 0 && flight.SendsFrom <= _now).ToArray();
        foreach (var flight in sending)
        {
            flight.Left -= BytesPerSecond / 1000.0 / sending.Length;
            if (flight.Left <= 0) flight.LandsAt = _now + RoundTrip;
        }
    }

    sealed class Flight
    {
        public double Left { get; set; }

        public int SendsFrom { get; init; }

        public int LandsAt { get; set; } = int.MaxValue;
    }
}
