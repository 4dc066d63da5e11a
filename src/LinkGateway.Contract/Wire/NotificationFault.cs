namespace LinkGateway.Contract.Wire;

/// <summary>Why an origin could not note what it was told: the detail of a fault of the notification contract.</summary>
/// <param name="Code"><see cref="NotificationNames.Unwanted"/>, or the origin's own.</param>
/// <param name="Text">For people.</param>
/// <param name="Detail">More of it; null where there is none.</param>
public sealed record NotificationFault(string Code, string Text, string? Detail = null);
