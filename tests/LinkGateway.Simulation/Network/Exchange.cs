using LinkGateway.Contract.Errors;

namespace LinkGateway.Simulation.Network;

/// <summary>One call under way: the caller waits for its answer, the gateway may learn that nobody does.</summary>
sealed class Exchange<T>
    where T : class
{
    readonly TaskCompletionSource<Outcome<T>?> _answer = new();
    readonly CancellationTokenSource _aborted = new();

    /// <summary>The answer; null when the connection broke.</summary>
    public Task<Outcome<T>?> Answer => _answer.Task;

    /// <summary>The connection was closed by the caller.</summary>
    public CancellationToken Aborted => _aborted.Token;

    public void Complete(Outcome<T> outcome) => _answer.TrySetResult(outcome);

    /// <summary>The connection breaks.</summary>
    public void Break() => _answer.TrySetResult(null);

    /// <summary>The caller closes the connection.</summary>
    public void GiveUp()
    {
        Break();
        _aborted.Cancel();
    }
}
