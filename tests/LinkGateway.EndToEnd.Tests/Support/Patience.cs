namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>Bounds for waiting: no test judges by time, but none waits for ever.</summary>
static class Patience
{
    /// <summary>For anything that must come, on the slowest machine.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is the one waited for.</summary>
    /// <param name="ask">Asks.</param>
    /// <param name="isIt">Whether it is the answer waited for.</param>
    /// <exception cref="TimeoutException">It never came; the message holds the last answer.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isIt)
    {
        var end = Environment.TickCount64 + (long)Long.TotalMilliseconds;
        while (true)
        {
            var answer = await ask();
            if (isIt(answer)) return answer;
            if (Environment.TickCount64 > end) throw new TimeoutException($"Waited in vain; the last answer was {answer}.");
            await Task.Delay(Pause);
        }
    }
}
