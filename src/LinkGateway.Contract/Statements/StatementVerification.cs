using System.Diagnostics.CodeAnalysis;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Statements;

/// <summary>The result of <see cref="StatementVerifier.Verify"/>.</summary>
/// <param name="Verdict">What came of it.</param>
/// <param name="Reason">What exactly is wrong, in English; empty when valid.</param>
/// <param name="Content">What it states; null unless valid, so that nothing unproven can be used.</param>
public sealed record StatementVerification(ReceiptVerdict Verdict, string Reason, StatementContent? Content)
{
    /// <summary>True when the statement may be believed.</summary>
    [MemberNotNullWhen(true, nameof(Content))]
    public bool IsValid => Verdict == ReceiptVerdict.Valid;
}
