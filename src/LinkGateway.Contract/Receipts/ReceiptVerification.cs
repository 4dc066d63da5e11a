using System.Diagnostics.CodeAnalysis;

namespace LinkGateway.Contract.Receipts;

/// <summary>The result of <see cref="ReceiptVerifier.Verify"/>.</summary>
public sealed record ReceiptVerification
{
    ReceiptVerification(ReceiptVerdict verdict, string reason, ReceiptContent? content) =>
        (Verdict, Reason, Content) = (verdict, reason, content);

    /// <summary>What came of it.</summary>
    public ReceiptVerdict Verdict { get; }

    /// <summary>What exactly is wrong, in English, for logs and experts; empty when valid.</summary>
    public string Reason { get; }

    /// <summary>What the receipt states; null unless valid, so that nothing unproven can be used.</summary>
    public ReceiptContent? Content { get; }

    /// <summary>True when the receipt may be believed.</summary>
    [MemberNotNullWhen(true, nameof(Content))]
    public bool IsValid => Verdict == ReceiptVerdict.Valid;

    internal static ReceiptVerification Valid(ReceiptContent content) => new(ReceiptVerdict.Valid, "", content);

    internal static ReceiptVerification Not(ReceiptVerdict verdict, string reason) => new(verdict, reason, null);
}
