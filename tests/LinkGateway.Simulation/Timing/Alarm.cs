namespace LinkGateway.Simulation.Timing;

/// <summary>A wait for virtual time. Whoever waits goes on in its own life: nothing runs inside the loop's own step.</summary>
sealed class Alarm : TaskCompletionSource
{
    CancellationTokenRegistration _registration;

    public void CancelWith(CancellationToken cancellationToken) =>
        _registration = cancellationToken.UnsafeRegister(static (alarm, token) => ((Alarm)alarm!).TrySetCanceled(token), this);

    public void Ring()
    {
        _registration.Dispose();
        TrySetResult();
    }
}
