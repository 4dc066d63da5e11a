namespace LinkGateway.Contract.Receipts;

/// <summary>The wire values of <see cref="ReceiptKind"/>.</summary>
public static class ReceiptKinds
{
    /// <summary>The lower-case name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the kinds.</exception>
    public static string ToWire(this ReceiptKind kind) => kind switch
    {
        ReceiptKind.Accepted => "accepted",
        ReceiptKind.Validated => "validated",
        ReceiptKind.Delivered => "delivered",
        ReceiptKind.Applied => "applied",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Reads a lower-case name; null for anything else.</summary>
    public static ReceiptKind? Parse(string? text) => text switch
    {
        "accepted" => ReceiptKind.Accepted,
        "validated" => ReceiptKind.Validated,
        "delivered" => ReceiptKind.Delivered,
        "applied" => ReceiptKind.Applied,
        _ => null,
    };
}
