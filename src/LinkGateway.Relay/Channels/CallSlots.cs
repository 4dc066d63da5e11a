namespace LinkGateway.Relay.Channels;

/// <summary>
/// How many calls are under way to one receiver, and who waits for a turn: first come, first served. Thread-safe.
/// </summary>
sealed class CallSlots(int concurrency, int queue, TimeSpan queueTime, TimeProvider time)
{
    readonly Lock _gate = new();
    readonly LinkedList<Waiter> _waiting = [];
    int _taken;

    /// <summary>Calls under way.</summary>
    public int Taken
    {
        get { lock (_gate) return _taken; }
    }

    /// <summary>Calls that wait.</summary>
    public int Waiting
    {
        get { lock (_gate) return _waiting.Count; }
    }

    public ValueTask<SlotAnswer> EnterAsync(CancellationToken ct)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (_taken < concurrency)
            {
                _taken++;
                return new(SlotAnswer.Entered);
            }
            if (_waiting.Count >= queue)
                return new(SlotAnswer.QueueFull);
            waiter = new Waiter(this);
            _waiting.AddLast(waiter.Node);
        }
        return WaitAsync(waiter, ct);
    }

    public void Leave()
    {
        Waiter? next;
        lock (_gate)
        {
            next = _waiting.First?.Value;
            // The turn passes on, so the count stays.
            if (next is null)
                _taken--;
            else
                _waiting.RemoveFirst();
        }
        next?.Turn.SetResult(SlotAnswer.Entered);
    }

    async ValueTask<SlotAnswer> WaitAsync(Waiter waiter, CancellationToken ct)
    {
        using var timer = time.CreateTimer(
            static state => ((Waiter)state!).GiveUp(SlotAnswer.Overdue), waiter, queueTime, Timeout.InfiniteTimeSpan);
        using var gone = ct.UnsafeRegister(static state => ((Waiter)state!).GiveUp(SlotAnswer.CallerGone), waiter);
        var answer = await waiter.Turn.Task;
        if (answer == SlotAnswer.CallerGone)
            throw new OperationCanceledException(ct);
        return answer;
    }

    sealed class Waiter
    {
        readonly CallSlots _slots;

        public Waiter(CallSlots slots)
        {
            _slots = slots;
            Node = new(this);
        }

        public LinkedListNode<Waiter> Node { get; }

        public TaskCompletionSource<SlotAnswer> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Whoever takes it out of the list decides.
        public void GiveUp(SlotAnswer answer)
        {
            lock (_slots._gate)
            {
                if (Node.List is null)
                    return;
                _slots._waiting.Remove(Node);
            }
            Turn.SetResult(answer);
        }
    }
}
