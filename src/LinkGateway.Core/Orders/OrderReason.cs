using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Orders;

/// <summary>Why an operator orders something. No order is carried out without.</summary>
static class OrderReason
{
    /// <summary>The reason as it is written down, or why it is none.</summary>
    public static Outcome<string> Check(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal(ErrorCatalogue.FieldMissing, "reason");
        var trimmed = reason.Trim();
        if (trimmed.Length > OperatorOrders.MaxReason)
            return new Refusal(ErrorCatalogue.FieldInvalid, "reason", $"at most {OperatorOrders.MaxReason} characters are allowed");
        return trimmed.Any(char.IsControl) ? new Refusal(ErrorCatalogue.FieldInvalid, "reason", "it has control characters") : trimmed;
    }
}
