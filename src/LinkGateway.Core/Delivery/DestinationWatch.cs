using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Enters what deliveries meet at destinations, and tells operators of those that are left alone.</summary>
sealed class DestinationWatch(CoreServices services)
{
    /// <summary>It could not be reached, or is in trouble of its own.</summary>
    public void Missed(Destination destination, string reason)
    {
        var now = services.Now;
        var isLeftAlone = services.Health.Missed(destination.Id, now, destination.Outage, reason);

        // Nobody need be told of what was announced.
        if (isLeftAlone && services.Configuration.Current.Calendars.StopsOf(destination.Id).At(now) is null)
            services.Notices.Raise(NoticeKind.DestinationDown, destination.Id, reason);
    }

    /// <summary>It has answered a delivery.</summary>
    public void Answered(Destination destination)
    {
        var wasOpen = services.Health.IsOpen(destination.Id);
        services.Health.Answered(destination.Id, services.Now, destination.Outage);
        if (!wasOpen) return;
        services.Notices.Clear(NoticeKind.DestinationDown, destination.Id);
        services.DeliveriesChanged.Pulse();
    }

    /// <summary>Forgets destinations that are not configured any more.</summary>
    public void Keep(GatewayConfiguration configuration)
    {
        foreach (var gone in services.Health.Keep(configuration.Destinations.Select(item => item.Id).ToHashSet(StringComparer.Ordinal)))
            services.Notices.Clear(NoticeKind.DestinationDown, gone);
    }
}
