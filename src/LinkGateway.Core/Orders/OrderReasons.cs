using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Orders;

/// <summary>What the reason of an order must be: it is read by whoever wonders, years later.</summary>
static class OrderReasons
{
    /// <summary>Longest reason in characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>Why the reason is none; null when it is one.</summary>
    public static Refusal? Check(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal(ErrorCatalogue.FieldMissing, "reason");
        var text = reason.Trim();
        if (text.Length > MaxLength)
            return new Refusal(ErrorCatalogue.FieldInvalid, "reason", $"at most {MaxLength} characters are allowed");
        return text.Any(char.IsControl) ? new Refusal(ErrorCatalogue.FieldInvalid, "reason", "it has control characters") : null;
    }
}
