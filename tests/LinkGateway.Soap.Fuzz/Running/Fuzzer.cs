using System.Collections.Concurrent;
using System.Diagnostics;
using LinkGateway.Soap.Fuzz.Corpus;
using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Fuzz.Oracles;

namespace LinkGateway.Soap.Fuzz.Running;

/// <summary>Runs the executions of a seed, on several threads, until one fails.</summary>
/// <param name="seed">The seed.</param>
/// <param name="run">What is done with each message.</param>
sealed class Fuzzer(ulong seed, Action<WireMessage, Chance, Tally> run)
{
    readonly ConcurrentDictionary<long, long> _running = new();
    long _taken;
    long _done;
    volatile Failure? _failure;

    /// <summary>How many executions were carried out.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>The execution that has been running for longest, and since when; null where none is running.</summary>
    public (long Execution, TimeSpan Since)? Oldest => _running.IsEmpty
        ? null
        : _running.Select(running => (running.Key, Stopwatch.GetElapsedTime(running.Value))).MaxBy(running => running.Item2);

    /// <summary>Carries out one execution.</summary>
    /// <returns>The failure, or null.</returns>
    public Failure? RunOne(long execution, Tally tally)
    {
        var chance = new Chance(seed, execution);
        var message = Mutator.Message(chance);
        try
        {
            run(message, chance, tally);
            return null;
        }
        catch (Exception exception)
        {
            return new(seed, execution, message, exception.ToString());
        }
    }

    /// <summary>Carries out executions 0 to <paramref name="executions"/> − 1.</summary>
    /// <param name="executions">How many.</param>
    /// <param name="threads">On how many threads.</param>
    /// <param name="tally">Receives what was met, at the end.</param>
    /// <param name="ct">Ends before all are done.</param>
    /// <returns>A failure, or null.</returns>
    public Failure? Run(long executions, int threads, Tally tally, CancellationToken ct = default)
    {
        var tallies = Enumerable.Range(0, threads).Select(_ => new Tally()).ToArray();
        var workers = Array.ConvertAll(tallies, own => new Thread(() => Work(executions, own, ct)) { IsBackground = true });
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        Array.ForEach(tallies, tally.Add);
        return _failure;
    }

    void Work(long executions, Tally tally, CancellationToken ct)
    {
        while (_failure is null && !ct.IsCancellationRequested)
        {
            var execution = Interlocked.Increment(ref _taken) - 1;
            if (execution >= executions)
                return;
            _running[execution] = Stopwatch.GetTimestamp();
            if (RunOne(execution, tally) is { } failure)
                _failure = failure;
            _running.TryRemove(execution, out _);
            Interlocked.Increment(ref _done);
        }
    }
}
