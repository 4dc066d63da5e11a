using LinkGateway.Contract.Manifests;

namespace LinkGateway.Core.Configuration;

/// <summary>An inbox in this gateway, from which the receiver fetches its files and confirms them.</summary>
public sealed record InboxDestination : Destination
{
    /// <summary>
    /// For how long a file stays with whoever fetches it when nothing more is heard, as hh:mm:ss; every fetch renews it. Then another may
    /// fetch it, and the first is refused.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>When the clock wakes what is offered: not before it becomes useless; until then it waits for its receiver.</summary>
    internal static DateTimeOffset? UselessAt(Manifest manifest) => manifest.NotAfter?.AddTicks(1);
}
