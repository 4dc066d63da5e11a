using System.Diagnostics;
using System.Net.Sockets;
using LinkGateway.LoadBench.Processes;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Load;

/// <summary>
/// The load generator of small messages: one thread that asks the system which of its kept connections can go on, one for each message. It
/// shares the machine with what it measures, so it does no more than send, find the end of the answer and look for what must be in it.
/// </summary>
static class MessageLoad
{
    /// <summary>Each connection sends its message again and again.</summary>
    /// <param name="messages">One for each connection.</param>
    /// <param name="time">How long.</param>
    /// <param name="measured">The process that answers.</param>
    public static Task<Sample> RunAsync(IReadOnlyList<LoadMessage> messages, TimeSpan time, int measured) =>
        RunAsync(messages, measured, new Plan { Time = time }, CancellationToken.None);

    /// <summary>
    /// So many messages a second, sent by whichever connection is free. The time of each counts from when it was due, so that a server
    /// that stands still is not spared the calls that would have come meanwhile.
    /// </summary>
    /// <param name="messages">One for each connection.</param>
    /// <param name="perSecond">How many.</param>
    /// <param name="time">How long, at most.</param>
    /// <param name="measured">The process that answers.</param>
    /// <param name="end">Cancelled when it is enough.</param>
    public static Task<Sample> PaceAsync(
        IReadOnlyList<LoadMessage> messages, double perSecond, TimeSpan time, int measured, CancellationToken end = default) =>
        RunAsync(messages, measured, new Plan { PerSecond = perSecond, Time = time }, end);

    /// <summary>A number of messages, as fast as it goes.</summary>
    public static Task<Sample> CountAsync(IReadOnlyList<LoadMessage> messages, int count, int measured) =>
        RunAsync(messages, measured, new Plan { Count = count }, CancellationToken.None);

    static async Task<Sample> RunAsync(IReadOnlyList<LoadMessage> messages, int measured, Plan plan, CancellationToken end)
    {
        List<double> milliseconds = [];
        var elapsed = TimeSpan.Zero;
        var sample = await Measured.RunAsync(measured, 0, async () => elapsed = await Task.Factory.StartNew(
            () => Run(messages, plan, milliseconds, end),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        return sample with { Work = milliseconds.Count, Seconds = elapsed.TotalSeconds, Latency = Latency.Of(milliseconds) };
    }

    static TimeSpan Run(IReadOnlyList<LoadMessage> messages, Plan plan, List<double> milliseconds, CancellationToken end)
    {
        var connections = messages.Select(message => new LoadConnection(message)).ToArray();
        var idle = new Stack<LoadConnection>(connections);
        List<LoadConnection> busy = [];
        List<Socket> readable = [], writable = [];
        var start = Stopwatch.GetTimestamp();
        var begun = 0;
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            while (idle.Count > 0 && Due(now) is { } due && due <= now)
            {
                var connection = idle.Pop();
                busy.Add(connection);
                connection.Begin(due);
                begun++;
            }

            var next = Due(now);
            if (busy.Count == 0 && next is null) break;
            Wait(idle.Count > 0 && next is not null ? next.Value - now : Stopwatch.Frequency);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        foreach (var connection in connections) connection.Dispose();
        return elapsed;

        // When the next message is due; null: none is any more.
        long? Due(long now)
        {
            if (end.IsCancellationRequested || begun >= plan.Count) return null;
            var due = plan.PerSecond is { } perSecond ? start + (long)(begun / perSecond * Stopwatch.Frequency) : now;
            return Stopwatch.GetElapsedTime(start, due) < plan.Time ? due : null;
        }

        void Wait(long ticks)
        {
            if (busy.Count == 0)
            {
                Thread.Sleep(TimeSpan.FromSeconds(ticks / (double)Stopwatch.Frequency));
                return;
            }

            readable.Clear();
            writable.Clear();
            foreach (var connection in busy)
            {
                readable.Add(connection);
                if (connection.Sending) writable.Add(connection);
            }

            Socket.Select(readable, writable, null, (int)(ticks * 1_000_000 / Stopwatch.Frequency));
            foreach (var socket in writable) ((LoadConnection)socket).Continue();
            foreach (var socket in readable)
            {
                var connection = (LoadConnection)socket;
                if (connection.Receive() is not { } took) continue;
                milliseconds.Add(took);
                busy.Remove(connection);
                idle.Push(connection);
            }
        }
    }

    sealed record Plan
    {
        public int Count { get; init; } = int.MaxValue;

        public double? PerSecond { get; init; }

        public TimeSpan Time { get; init; } = TimeSpan.MaxValue;
    }
}
