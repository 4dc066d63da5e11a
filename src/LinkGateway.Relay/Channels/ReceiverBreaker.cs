using LinkGateway.Core.Configuration;
using Polly;
using Polly.CircuitBreaker;

namespace LinkGateway.Relay.Channels;

/// <summary>Leaves a receiver alone that keeps failing. Thread-safe.</summary>
/// <remarks>
/// A call is counted when it has ended, since its answer may break off long after it began; the pipeline runs around a call only
/// while the receiver is left alone, where it decides who may try.
/// </remarks>
sealed class ReceiverBreaker
{
    readonly CircuitBreakerStateProvider _state = new();
    readonly ResiliencePipeline<string?> _pipeline;

    public ReceiverBreaker(string destinationId, BreakerSettings settings, TimeProvider time, IChannelEvents events)
    {
        _pipeline = new ResiliencePipelineBuilder<string?> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<string?>
            {
                FailureRatio = settings.FailureRatio,
                MinimumThroughput = settings.Calls,
                SamplingDuration = settings.Window,
                BreakDuration = settings.Pause,
                StateProvider = _state,
                ShouldHandle = static arguments => new(arguments.Outcome.Result is not null),
                OnOpened = arguments => Tell(() => events.Opened(destinationId, arguments.Outcome.Result ?? "")),
                OnHalfOpened = _ => Tell(() => events.HalfOpened(destinationId)),
                OnClosed = _ => Tell(() => events.Closed(destinationId)),
            })
            .Build();
    }

    /// <summary>
    /// Asks whether a call may be made; each that may is to be ended by <see cref="End"/> or <see cref="BreakerEntry.GiveUp"/>.
    /// </summary>
    public ValueTask<BreakerEntry> EnterAsync() =>
        _state.CircuitState == CircuitState.Closed ? new(default(BreakerEntry)) : TryAsync();

    /// <summary>Counts a call.</summary>
    /// <param name="entry">What it was let in by.</param>
    /// <param name="failure">Why the receiver failed; null when it did not.</param>
    public void End(BreakerEntry entry, string? failure)
    {
        if (entry.Trial is { } trial)
        {
            trial.Ended.TrySetResult(failure);
            return;
        }
        var context = ResilienceContextPool.Shared.Get();
        var counting = _pipeline.ExecuteOutcomeAsync(
            static (_, failure) => new ValueTask<Outcome<string?>>(Outcome.FromResult<string?>(failure)), context, failure);
        // Where the state changes it goes on by itself, to tell of it.
        if (counting.IsCompletedSuccessfully)
            ResilienceContextPool.Shared.Return(context);
        else
            _ = counting.AsTask();
    }

    async ValueTask<BreakerEntry> TryAsync()
    {
        var trial = new BreakerTrial();
        var run = _pipeline.ExecuteOutcomeAsync(
            static (_, trial) => trial.RunAsync(), ResilienceContextPool.Shared.Get(), trial).AsTask();
        await Task.WhenAny(trial.Begun.Task, run);
        if (trial.Begun.Task.IsCompleted)
            return new BreakerEntry(trial, null);
        var refused = await run;
        return new BreakerEntry(null, (refused.Exception as BrokenCircuitException)?.RetryAfter ?? TimeSpan.FromSeconds(1));
    }

    static ValueTask Tell(Action tell)
    {
        tell();
        return default;
    }
}
