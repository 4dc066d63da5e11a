namespace LinkGateway.Core.Tests.World;

/// <summary>Waits for something that other threads bring about.</summary>
static class Waiting
{
    // Only a hang takes so long.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task UntilAsync(Func<ValueTask<bool>> condition, Func<string> what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) Assert.Fail($"It did not come to {what()}.");
            await Task.Delay(1);
        }
    }

    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => ValueTask.FromResult(condition()), () => what);
}
