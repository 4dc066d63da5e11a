using System.Threading.Tasks.Sources;
using LinkGateway.Core.Ports;

namespace LinkGateway.Core.Pacing;

/// <summary>
/// A token bucket of bytes a second that deliveries share by their weights (start-time fair queueing): of those that wait the one that has
/// had least goes first. One delay runs for all that wait; whoever need not wait costs a lock and no allocation.
/// </summary>
/// <remarks>Thread-safe. Time is taken from the monotonic clock, so setting the wall clock changes nothing.</remarks>
sealed class BandwidthBucket(IScheduler scheduler, TimeProvider time)
{
    // What was not used is used up later for this long; more would be a burst that the line does not bear, less would be lost to timers.
    const double BurstSeconds = 0.2;

    // A change of the rate is seen by those that wait within this time.
    static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(5);

    const int SmallestSlice = 1 << 10;
    const int LargestSlice = 256 << 10;
    const int SlicesASecond = 16;

    readonly Lock _gate = new();
    readonly PriorityQueue<Waiter, (double Start, long Number)> _waiting = new();
    readonly Stack<Waiter> _spare = [];
    readonly Dictionary<string, BandwidthLane> _lanes = new(StringComparer.Ordinal);
    long _rate;
    double _tokens;
    double _virtual;
    long _filledAt = time.GetTimestamp();
    long _number;
    bool _pumping;

    /// <summary>Whether it limits anything at present.</summary>
    public bool IsLimited => Volatile.Read(ref _rate) > 0;

    /// <summary>
    /// Largest piece to take at once: small enough that of many that share a narrow line each gets something all the time, and none is
    /// taken for silent.
    /// </summary>
    public int Slice => IsLimited ? (int)Math.Clamp(Volatile.Read(ref _rate) / SlicesASecond, SmallestSlice, LargestSlice) : int.MaxValue;

    /// <summary>Sets the rate in bytes a second; null: no limit. Holds for those that wait, too.</summary>
    public void Set(long? rate)
    {
        if (Volatile.Read(ref _rate) == (rate ?? 0)) return;
        lock (_gate)
        {
            Fill();
            Volatile.Write(ref _rate, rate ?? 0);
            _tokens = Math.Clamp(_tokens, -LargestSlice, Most);
        }
    }

    /// <summary>The lane of a delivery, which its readers share; to be left.</summary>
    public BandwidthLane Join(string id, Func<double> weight)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(id, out var lane)) _lanes.Add(id, lane = new BandwidthLane(id, weight));
            lane.Users++;
            return lane;
        }
    }

    /// <summary>One of its readers has ended.</summary>
    public void Leave(BandwidthLane lane)
    {
        lock (_gate)
        {
            if (--lane.Users == 0) _lanes.Remove(lane.Id);
        }
    }

    /// <summary>Waits until so many bytes may go out.</summary>
    public ValueTask TakeAsync(BandwidthLane lane, int bytes, CancellationToken cancellationToken)
    {
        Waiter waiter;
        bool starts;
        lock (_gate)
        {
            if (_rate == 0) return ValueTask.CompletedTask;
            Fill();
            var start = lane.Enter(_virtual, bytes);
            if (_waiting.Count == 0 && _tokens > 0)
            {
                _tokens -= bytes;
                _virtual = start;
                return ValueTask.CompletedTask;
            }

            if (!_spare.TryPop(out waiter!)) waiter = new Waiter(this);
            waiter.Bytes = bytes;
            _waiting.Enqueue(waiter, (start, ++_number));
            starts = !_pumping;
            _pumping = true;
        }

        if (starts) _ = scheduler.Run(PumpAsync);
        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Gives back what was taken and not used.</summary>
    public void Return(int bytes)
    {
        lock (_gate) _tokens = Math.Min(_tokens + bytes, Most);
    }

    double Most => _rate * BurstSeconds;

    async Task PumpAsync()
    {
        List<Waiter> granted = [];
        while (true)
        {
            var rest = Grant(granted);
            foreach (var waiter in granted) waiter.Complete();
            granted.Clear();
            if (rest is not { } pause) return;
            await scheduler.DelayAsync(pause, CancellationToken.None);
        }
    }

    /// <summary>Lets go whoever may.</summary>
    /// <returns>How long to rest before more may; null when nobody waits any more.</returns>
    TimeSpan? Grant(List<Waiter> granted)
    {
        lock (_gate)
        {
            Fill();
            while ((_rate == 0 || _tokens > 0) && _waiting.TryDequeue(out var waiter, out var turn))
            {
                if (!waiter.TryGrant()) continue;
                if (_rate > 0) _tokens -= waiter.Bytes;
                _virtual = turn.Start;
                granted.Add(waiter);
            }

            _pumping = _waiting.Count > 0;
            if (!_pumping) return null;
            var rest = TimeSpan.FromSeconds(-_tokens / _rate);
            return rest < ShortestRest ? ShortestRest : rest > LongestRest ? LongestRest : rest;
        }
    }

    void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_tokens + (_rate * time.GetElapsedTime(_filledAt, now).TotalSeconds), Most);
        _filledAt = now;
    }

    /// <summary>One that waits. It is used again, unless it gave up while it stood in the queue.</summary>
    sealed class Waiter(BandwidthBucket bucket) : IValueTaskSource
    {
        ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
        CancellationTokenRegistration _cancellation;
        bool _isOver;

        /// <summary>What it waits for.</summary>
        public int Bytes { get; set; }

        public ValueTask WaitAsync(CancellationToken cancellationToken)
        {
            var task = new ValueTask(this, _core.Version);
            _cancellation = cancellationToken.UnsafeRegister(static (waiter, token) => ((Waiter)waiter!).GiveUp(token), this);
            return task;
        }

        /// <summary>Takes it out of the queue; false when it has given up. Under the bucket's lock.</summary>
        public bool TryGrant() => !_isOver && (_isOver = true);

        /// <summary>Lets it go.</summary>
        public void Complete() => _core.SetResult(true);

        void GiveUp(CancellationToken token)
        {
            lock (bucket._gate)
            {
                if (!TryGrant()) return;
            }

            _core.SetException(new OperationCanceledException(token));
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);

        public void GetResult(short token)
        {
            // After this no callback comes for a wait that is over.
            _cancellation.Dispose();
            _core.GetResult(token);
            _core.Reset();
            _isOver = false;
            lock (bucket._gate) bucket._spare.Push(this);
        }
    }
}
