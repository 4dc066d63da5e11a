using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Delivery;

/// <summary>Stands for a destination that the configuration no longer names.</summary>
sealed record Nowhere : Destination;
