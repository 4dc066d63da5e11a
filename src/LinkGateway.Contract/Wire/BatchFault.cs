using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Wire;

/// <summary>The typed detail of a SOAP fault: element <c>batchFault</c>.</summary>
/// <param name="Code">Stable code, <c>LG-nnnn</c>.</param>
/// <param name="Text">What, where and what to do, in the language of the one who answers.</param>
/// <param name="Detail">More for the one who looks into it, such as the reference of a log entry; null when there is no more.</param>
public sealed record BatchFault(string Code, string Text, string? Detail = null)
{
    /// <summary>The fault that tells of <paramref name="refusal"/>.</summary>
    public static BatchFault From(Refusal refusal, bool japanese) =>
        new(refusal.Code, refusal.Error.Text(refusal.Arguments, japanese));
}
