namespace LinkGateway.Simulation.Timing;

/// <summary>
/// One run of a program, from its start to its end or crash. Its code runs only in pieces that this context posts; when the life is over,
/// what it still waits for never comes back to it: that is how a crash looks from inside.
/// </summary>
sealed class Life(Loop loop, string name, int number) : SynchronizationContext
{
    readonly List<Action> _ends = [];

    /// <summary>Whose life it is, for the trace.</summary>
    public string Name => name;

    /// <summary>Counts the lives of a night.</summary>
    public int Number => number;

    public Loop Loop => loop;

    public bool IsOver { get; private set; }

    /// <summary>Pieces run so far.</summary>
    public long Steps { get; set; }

    /// <summary>Ends the life after this many more pieces, by calling <see cref="Fuse"/>.</summary>
    public long StepsToFuse { get; set; } = -1;

    /// <summary>What happens when the fuse has burnt down.</summary>
    public Action? Fuse { get; set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsOver) loop.Enqueue(this, d, state);
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing may block in a simulation.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Starts work in this life, from outside.</summary>
    public void Start(Func<Task> work) => Post(static state => _ = ((Func<Task>)state!)(), work);

    /// <summary>Calls <paramref name="action"/> when the life ends; dispose what it returns when that is of no interest any more.</summary>
    public IDisposable OnEnd(Action action)
    {
        if (IsOver)
        {
            action();
            return new Registration(_ends, action);
        }

        _ends.Add(action);
        return new Registration(_ends, action);
    }

    /// <summary>The end: no piece of it runs any more.</summary>
    public void End()
    {
        if (IsOver) return;
        IsOver = true;
        var ends = _ends.ToArray();
        _ends.Clear();
        foreach (var end in ends) end();
    }

    sealed class Registration(List<Action> ends, Action action) : IDisposable
    {
        public void Dispose() => ends.Remove(action);
    }
}
