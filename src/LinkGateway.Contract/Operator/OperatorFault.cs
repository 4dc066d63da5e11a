using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Operator;

/// <summary>The answer in place of a result; its HTTP status is one of 4xx and 5xx.</summary>
public sealed record OperatorFault
{
    /// <summary>Stable code of the error catalogue, <c>LG-nnnn</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What, where and what to do, in the language asked for.</summary>
    public required string Text { get; init; }

    /// <summary>Whose fault it is.</summary>
    public required FaultSide Side { get; init; }
}
