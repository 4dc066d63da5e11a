using LinkGateway.Client.Batch;

namespace LinkGateway.Client.Sending;

/// <summary>
/// Repeats calls that failed for the time being, and tells why; right only where a call may be repeated, as all of the batch service.
/// </summary>
sealed class Repeater(RetryOptions options, TimeProvider time, Action<string> trouble)
{
    /// <param name="call">Makes the call once.</param>
    /// <param name="cancellationToken">Cancels the call and the waiting.</param>
    /// <param name="abandon">Asked after each try: whether repeating has become pointless.</param>
    public async ValueTask<BatchAnswer<T>> CallAsync<T>(
        Func<CancellationToken, ValueTask<BatchAnswer<T>>> call, CancellationToken cancellationToken, Func<bool>? abandon = null)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await call(cancellationToken);
            if (!answer.Temporary || tries >= options.MaxTries || abandon?.Invoke() == true) return answer;
            if (answer.Refusal?.RetryAfter > options.LongestPause) return answer;
            trouble(answer.Reason);
            await Task.Delay(options.DelayAfter(tries, answer.Refusal?.RetryAfter), time, cancellationToken);
        }
    }
}
