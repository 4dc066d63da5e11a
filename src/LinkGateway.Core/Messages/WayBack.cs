using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Messages;

/// <summary>How a reply gets back to who made the message.</summary>
static class WayBack
{
    /// <summary>
    /// The callback of an origin that posted its message here itself; else the gateway that handed the message on, which knows the rest of
    /// the way. Null when neither is configured.
    /// </summary>
    public static Destination? Find(ConfigurationSnapshot snapshot, string origin, string submittedBy)
    {
        var destinations = snapshot.Configuration.Destinations;
        return submittedBy == origin
            ? destinations.FirstOrDefault(destination => destination.Id == snapshot.Directory.Find(origin)?.Callback)
            : destinations.FirstOrDefault(destination => destination is GatewayDestination gateway && gateway.Gateway == submittedBy);
    }

    /// <summary>What the operator must set so that there is a way, for a refusal.</summary>
    public static string Missing(string origin, string submittedBy) => submittedBy == origin
        ? $"no reply can be brought to {origin}: the gateway's operator must set participants[].callback of {origin}"
        : $"no reply can be brought back to {submittedBy}: the gateway's operator must add a destination of kind gateway that leads there";
}
