namespace LinkGateway.Core.Delivery;

/// <summary>A destination that is left alone, or to which what waited for it is let go little by little.</summary>
/// <param name="DestinationId">The destination.</param>
/// <param name="Since">Since when it is left alone; while it drains: since when it is back.</param>
/// <param name="NextProbe">When a delivery may try it; null while one does, and while it drains.</param>
/// <param name="Drains">Whether it is back, and what waited for it is let go.</param>
/// <param name="Reason">What the last delivery met there.</param>
public sealed record DestinationOutage(string DestinationId, DateTimeOffset Since, DateTimeOffset? NextProbe, bool Drains, string Reason);
