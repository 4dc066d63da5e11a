namespace LinkGateway.Core.Deadlines;

/// <summary>
/// What has gone to one destination of late. Time is cut into slots; of each it is known for how long something was under way, and how
/// many files and bytes that brought. The costs of a file and of a byte are those that explain the slots best (least squares), scaled so
/// that all that time is accounted for. Recent slots count most. Slots that brought nothing are no rate but a standstill, which is told
/// apart.
/// </summary>
sealed class Flow
{
    // Long enough for some files, short enough that a change of the rate is seen within minutes.
    static readonly TimeSpan Slot = TimeSpan.FromSeconds(10);
    static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(3);
    const int MostSlots = 120;

    // Where all slots hold the same mixture, this decides between file and byte: about a disk or a line of these days.
    const double UsualSecondsPerFile = 0.05;
    const double UsualSecondsPerByte = 1.0 / (50 << 20);
    const double WeightOfUsual = 1e-3;

    readonly Lock _gate = new();
    readonly SortedList<long, Work> _slots = [];
    readonly HashSet<Flight> _flights = [];

    // Busy: something was under way or waited. Who was not for longer than a gap begins anew, and has not stood still meanwhile.
    static readonly TimeSpan Gap = TimeSpan.FromMinutes(1);

    DateTimeOffset _looked;
    DateTimeOffset _busySince;
    DateTimeOffset _lastBusy;
    DateTimeOffset _lastWaited;
    DateTimeOffset _lastMoved;

    public Flight Begin(long bytes, DateTimeOffset now)
    {
        lock (_gate)
        {
            Look(now);
            Busy(now, now);
            if (_looked < now) _looked = now;
            var flight = new Flight(this, bytes, now);
            _flights.Add(flight);
            return flight;
        }
    }

    public void Held(Flight flight, long bytes)
    {
        lock (_gate) flight.There += bytes;
    }

    public void Moved(Flight flight, long bytes, DateTimeOffset now)
    {
        lock (_gate)
        {
            Look(now);
            Spread(flight.LastMoved, now, new Work(0, 0, bytes));
            flight.There += bytes;
            flight.LastMoved = _lastMoved = now;
        }
    }

    public void End(Flight flight, bool arrived, DateTimeOffset now)
    {
        lock (_gate)
        {
            Look(now);
            if (!_flights.Remove(flight) || !arrived) return;
            _lastMoved = now;
            Spread(flight.Began, now, new Work(0, 1, 0));
            Spread(flight.LastMoved, now, new Work(0, 0, Math.Max(0, flight.Bytes - flight.There)));
        }
    }

    public void Waited(DateTimeOffset since, DateTimeOffset now)
    {
        lock (_gate)
        {
            Busy(since, now);
            _lastWaited = now;
        }
    }

    public long BytesThere()
    {
        lock (_gate) return _flights.Sum(flight => flight.There);
    }

    public FlowRate? Rate(DateTimeOffset now)
    {
        lock (_gate)
        {
            Look(now);
            var isBusy = _flights.Count > 0 || (_lastWaited > _lastMoved && now - _lastWaited <= Gap);
            var since = _lastMoved > _busySince ? _lastMoved : _busySince;
            return Rate() is { } rate ? rate with { SecondsStalled = isBusy ? (now - since).TotalSeconds : 0 } : null;
        }
    }

    FlowRate? Rate()
    {
        // By the size of what is usual, so that files and bytes are numbers of the same order.
        double ff = WeightOfUsual, fb = 0, bb = WeightOfUsual, fy = WeightOfUsual, by = WeightOfUsual, busy = 0, files = 0, bytes = 0;
        var last = _slots.Count == 0 ? 0 : _slots.GetKeyAtIndex(_slots.Count - 1);
        foreach (var (slot, work) in _slots)
        {
            if (work is { Busy: 0 } or { Files: 0, Bytes: 0 }) continue;
            var weight = Math.Pow(0.5, (last - slot) * Slot / HalfLife);
            var (f, b) = (work.Files * UsualSecondsPerFile, work.Bytes * UsualSecondsPerByte);
            ff += weight * f * f;
            fb += weight * f * b;
            bb += weight * b * b;
            fy += weight * f * work.Busy;
            by += weight * b * work.Busy;
            busy += weight * work.Busy;
            files += weight * f;
            bytes += weight * b;
        }

        var determinant = (ff * bb) - (fb * fb);
        var (ofFile, ofByte) = (((fy * bb) - (by * fb)) / determinant, ((by * ff) - (fy * fb)) / determinant);
        if (ofFile < 0) (ofFile, ofByte) = (0, by / bb);
        if (ofByte < 0) (ofFile, ofByte) = (fy / ff, 0);
        var explained = (ofFile * files) + (ofByte * bytes);
        if (explained <= 0) return null;
        var scale = busy / explained;
        return new FlowRate(ofFile * scale * UsualSecondsPerFile, ofByte * scale * UsualSecondsPerByte, 0);
    }

    /// <summary>Enters the time since the last look, where something was under way.</summary>
    void Look(DateTimeOffset now)
    {
        if (_flights.Count == 0) return;
        if (_looked < now) Spread(_looked, now, null);
        Busy(_looked, now);
        _looked = now;
    }

    void Busy(DateTimeOffset since, DateTimeOffset now)
    {
        if (since - _lastBusy > Gap) _busySince = since;
        if (_lastBusy < now) _lastBusy = now;
    }

    /// <summary>Spreads work evenly over a time; null: the time itself.</summary>
    void Spread(DateTimeOffset from, DateTimeOffset to, Work? work)
    {
        var whole = (to - from).TotalSeconds;
        var (first, last) = (from.UtcTicks / Slot.Ticks, to.UtcTicks / Slot.Ticks);
        for (var slot = Math.Max(first, last - MostSlots); slot <= last; slot++)
        {
            var begin = Math.Max(from.UtcTicks, slot * Slot.Ticks);
            var end = Math.Min(to.UtcTicks, (slot + 1) * Slot.Ticks);
            var seconds = (double)(end - begin) / TimeSpan.TicksPerSecond;
            var share = whole > 0 ? seconds / whole : 1;
            var before = _slots.GetValueOrDefault(slot);
            _slots[slot] = work is { } one
                ? before with { Files = before.Files + (one.Files * share), Bytes = before.Bytes + (one.Bytes * share) }
                : before with { Busy = before.Busy + seconds };
        }

        while (_slots.Count > MostSlots) _slots.RemoveAt(Superfluous());
    }

    // However long nothing moves: what is known of the rate is not forgotten for it.
    int Superfluous()
    {
        var idle = _slots.Values.Index().Where(slot => slot.Item is { Files: 0, Bytes: 0 }).Select(slot => slot.Index).ToList();
        return idle.Count > MostSlots / 2 ? idle[0] : 0;
    }

    /// <summary>What a slot brought.</summary>
    /// <param name="Busy">Seconds of it in which something was under way.</param>
    /// <param name="Files">Files that went.</param>
    /// <param name="Bytes">Bytes that went.</param>
    readonly record struct Work(double Busy, double Files, double Bytes);
}
