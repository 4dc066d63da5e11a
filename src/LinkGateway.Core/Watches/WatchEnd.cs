using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Watches;

/// <summary>How the taking in of one file ended.</summary>
abstract record WatchEnd
{
    /// <summary>It is safe here, and what was to become of the file has become of it.</summary>
    /// <param name="TransferId">Its transfer.</param>
    /// <param name="WasKnown">Whether it is kept where it lies, and was safe before it was looked at.</param>
    public sealed record Taken(string TransferId, bool WasKnown) : WatchEnd;

    /// <summary>It is not what may be sent.</summary>
    public sealed record Refused(Refusal Refusal) : WatchEnd;

    /// <summary>Not yet: the gateway is busy or in trouble, or the file has changed.</summary>
    public sealed record Later(string Reason, TimeSpan? After = null) : WatchEnd;
}
