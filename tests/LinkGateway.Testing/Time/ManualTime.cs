namespace LinkGateway.Testing.Time;

/// <summary>A clock that stands still until a test moves it; timers fire while it is moved, in the order of their times.</summary>
/// <remarks>Thread-safe. Timer callbacks run on the thread that calls <see cref="Advance"/>.</remarks>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<ManualTimer> _timers = [];
    DateTimeOffset _now = start;

    /// <summary>Begins at a night in the year 2026, in UTC.</summary>
    public ManualTime()
        : this(new DateTimeOffset(2026, 4, 1, 15, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Timers that wait.</summary>
    public int Waiting
    {
        get { lock (_gate) return _timers.Count; }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), period);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and fires what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (true)
        {
            ManualTimer? due;
            lock (_gate)
            {
                due = _timers.Where(timer => timer.DueAt <= target).MinBy(timer => timer.DueAt);
                if (due is null)
                {
                    _now = target;
                    return;
                }

                if (due.DueAt > _now) _now = due.DueAt;
                _timers.Remove(due);
                if (due.Period > TimeSpan.Zero) Schedule(due, due.Period);
            }

            due.Fire();
        }
    }

    void Schedule(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            timer.DueAt = _now + dueTime;
            _timers.Add(timer);
        }
    }

    void Remove(ManualTimer timer)
    {
        lock (_gate) _timers.Remove(timer);
    }

    sealed class ManualTimer(ManualTime time, Action fire, TimeSpan period) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; private set; } = period;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
            time.Schedule(this, dueTime);
            return true;
        }

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
