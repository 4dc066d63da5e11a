namespace LinkGateway.Core.Dispatch;

/// <summary>What a delivery that is under way takes up.</summary>
/// <param name="Class">Its class when it began.</param>
/// <param name="Urgent">Whether that class was urgent.</param>
/// <param name="Route">Its route; null where there is none.</param>
/// <param name="DestinationId">Where it goes at present.</param>
sealed record RunningDelivery(string Class, bool Urgent, RouteKey? Route, string DestinationId);
