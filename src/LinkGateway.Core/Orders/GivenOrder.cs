namespace LinkGateway.Core.Orders;

/// <summary>Who orders, why, and whether in earnest.</summary>
/// <param name="Operator">Id of the participant of kind operator.</param>
/// <param name="Reason">Why; an order without a reason is refused.</param>
/// <param name="DryRun">Only to be told what would happen.</param>
public sealed record GivenOrder(string Operator, string? Reason, bool DryRun);
