using LinkGateway.Contract.Manifests;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Messages;

namespace LinkGateway.Core.Routing;

/// <summary>The route of a transfer, whether the configuration names it or, for a reply, it follows from another one.</summary>
static class TransferRoutes
{
    /// <summary>
    /// The configured route; for a reply that of the message it answers turned round, to <paramref name="destination"/>. Null when the
    /// configuration has none (any more).
    /// </summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="manifest">The transfer's manifest.</param>
    /// <param name="receiver">The receiver.</param>
    /// <param name="destination">Where a reply goes, which no configured route says.</param>
    public static Route? Of(ConfigurationSnapshot snapshot, Manifest manifest, string receiver, Destination destination)
    {
        if (!manifest.IsReply()) return snapshot.Routes.Resolve(manifest.Origin, manifest.InterfaceId, receiver);
        return snapshot.Routes.Resolve(receiver, manifest.InterfaceId, manifest.Origin) is { } asked
            ? asked with
            {
                Origin = manifest.Origin,
                Receiver = receiver,
                Destination = destination,
                Alternates = [],
                AlternateStores = [],

                // Somebody waits for a reply: it goes whenever it comes.
                Hours = null,
                Deadline = null,
            }
            : null;
    }

    /// <summary>How long a payload is kept after its delivery to a receiver, also where there is no route (any more).</summary>
    public static TimeSpan RetentionOf(ConfigurationSnapshot snapshot, Manifest manifest, string receiver)
    {
        // A reply goes the way of its message turned round.
        var route = manifest.IsReply()
            ? snapshot.Routes.Resolve(receiver, manifest.InterfaceId, manifest.Origin)
            : snapshot.Routes.Resolve(manifest.Origin, manifest.InterfaceId, receiver);
        return route?.Retention ?? snapshot.Configuration.Retention.Delivered;
    }
}
