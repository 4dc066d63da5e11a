using LinkGateway.Client.Batch;

namespace LinkGateway.Client.Receiving;

/// <summary>Why an inbox could not be listed.</summary>
/// <param name="Reason">What happened.</param>
/// <param name="Temporary">Whether the same call may succeed later.</param>
/// <param name="Refusal">The gateway's fault; null when it did not answer.</param>
public sealed record ListFailure(string Reason, bool Temporary, BatchRefusal? Refusal);
