namespace LinkGateway.Simulation.Timing;

/// <summary>
/// A night's time and order. Everything that happens in a night happens here, one piece after the other; virtual time moves on when nothing
/// is left to do at the present moment.
/// </summary>
/// <remarks>
/// The loop is an item of the thread pool that queues itself again after each piece, and this process has one pool thread only: what the
/// base library hands to the pool by itself (callbacks of <c>CancelAsync</c>, a <c>WhenAny</c> behind a signal, a semaphore that somebody
/// waits for) lies in that thread's own queue and runs before the next piece. So the order is the same whenever the dice are.
/// </remarks>
sealed class Loop(Dice dice, int window) : IThreadPoolWorkItem, IDisposable
{
    readonly List<Piece> _ready = [];
    readonly PriorityQueue<Alarm, (long At, long Order)> _alarms = new();
    readonly ManualResetEventSlim _ended = new();
    long _order;
    long _now;
    int _lives;
    bool _stopped;
    Exception? _failure;

    /// <summary>Virtual time since the night began.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(_now);

    /// <summary>Pieces run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Most pieces that a night may take: more means that something turns in a circle.</summary>
    public long MaxSteps { get; init; } = long.MaxValue;

    /// <summary>What happened, as one number: order, times and choices.</summary>
    public ulong Hash { get; private set; }

    public Life Begin(string name) => new(this, name, _lives++);

    public void Enqueue(Life life, SendOrPostCallback callback, object? state) => _ready.Add(new Piece(life, callback, state));

    /// <summary>Mixes something that happened into <see cref="Hash"/>.</summary>
    public void Note(ulong value) => Hash = Dice.Mix(Hash, value);

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var alarm = new Alarm();
        if (cancellationToken.CanBeCanceled) alarm.CancelWith(cancellationToken);
        _alarms.Enqueue(alarm, (_now + Math.Max(0, delay.Ticks), _order++));
        return alarm.Task;
    }

    /// <summary>Runs until <see cref="Stop"/>, or until nothing is left that could happen.</summary>
    public void Run()
    {
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        _ended.Wait();
        if (_failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
    }

    public void Stop() => _stopped = true;

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            if (Step())
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
        catch (Exception e)
        {
            _failure = e;
        }

        _ended.Set();
    }

    bool Step()
    {
        if (_stopped) return false;
        if (Steps >= MaxSteps) throw new InvalidOperationException($"The night did not end within {MaxSteps} steps.");
        if (_ready.Count == 0) return Advance();
        var index = _ready.Count == 1 || window <= 1 ? 0 : dice.Next(Math.Min(window, _ready.Count));
        var piece = _ready[index];
        _ready.RemoveAt(index);
        if (piece.Life.IsOver) return true;
        Steps++;
        Note(((ulong)_now << 8) ^ (ulong)piece.Life.Number);
        SynchronizationContext.SetSynchronizationContext(piece.Life);
        try
        {
            piece.Callback(piece.State);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        piece.Life.Steps++;
        if (piece.Life.StepsToFuse > 0 && --piece.Life.StepsToFuse == 0) piece.Life.Fuse?.Invoke();
        return true;
    }

    bool Advance()
    {
        if (!_alarms.TryDequeue(out var alarm, out var due)) return false;
        _now = Math.Max(_now, due.At);
        alarm.Ring();
        return true;
    }

    public void Dispose() => _ended.Dispose();

    readonly record struct Piece(Life Life, SendOrPostCallback Callback, object? State);
}
