using Polly;

namespace LinkGateway.Relay.Channels;

/// <summary>The one call that tries whether a receiver works again.</summary>
sealed class BreakerTrial
{
    /// <summary>Completes when the call may begin.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>To be completed with why it failed, or null, when the call has ended.</summary>
    public TaskCompletionSource<string?> Ended { get; } = new();

    public async ValueTask<Outcome<string?>> RunAsync()
    {
        Begun.SetResult();
        return Outcome.FromResult<string?>(await Ended.Task);
    }
}
