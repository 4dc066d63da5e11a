namespace LinkGateway.Client.Notifications;

/// <summary>What came of telling an origin something.</summary>
/// <param name="Noted">Whether the origin has noted it: a SOAP answer without a fault, or an empty one, with a 2xx status.</param>
/// <param name="Unwanted">Whether the origin says that it never wants this one.</param>
/// <param name="Reason">Why it is not noted; empty when it is.</param>
/// <param name="RetryAfter">When the origin wants to be told again; null where it does not say.</param>
public sealed record NotificationAnswer(bool Noted, bool Unwanted, string Reason, TimeSpan? RetryAfter);
