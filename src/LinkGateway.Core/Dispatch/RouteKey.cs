namespace LinkGateway.Core.Dispatch;

/// <summary>Names a route as it is configured.</summary>
/// <param name="Origin">Its origin, or that of any.</param>
/// <param name="InterfaceId">Its interface.</param>
/// <param name="Receiver">Its receiver.</param>
readonly record struct RouteKey(string Origin, string InterfaceId, string Receiver);
