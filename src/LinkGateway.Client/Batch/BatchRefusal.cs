using LinkGateway.Contract.Errors;

namespace LinkGateway.Client.Batch;

/// <summary>A fault of the batch service, as far as the caller needs it.</summary>
/// <param name="Code">Stable code <c>LG-nnnn</c>; empty where the answer carried none (a proxy's error page, another service).</param>
/// <param name="Text">The gateway's text: what, where and what to do.</param>
/// <param name="Side">Whose fault it is; <see cref="FaultSide.Sender"/> means that the same request fails again.</param>
/// <param name="RetryAfter">When the gateway wants to be asked again; null where it did not say.</param>
public sealed record BatchRefusal(string Code, string Text, FaultSide Side, TimeSpan? RetryAfter)
{
    /// <summary>Whether this is the given error of the catalogue.</summary>
    public bool Is(ErrorEntry error) => Code == error.Code;
}
