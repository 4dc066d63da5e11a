using LinkGateway.Contract.Errors;

namespace LinkGateway.Client.Operator;

/// <summary>What came of one call to the operator API. Immutable.</summary>
/// <typeparam name="T">The result.</typeparam>
public abstract record OperatorAnswer<T>
    where T : class
{
    OperatorAnswer()
    {
    }

    /// <summary>With a result.</summary>
    /// <param name="Value">The result.</param>
    public sealed record Answered(T Value) : OperatorAnswer<T>;

    /// <summary>The gateway did not do it.</summary>
    /// <param name="Code">Stable code <c>LG-nnnn</c>; empty where the answer carried none (a proxy's page, another service).</param>
    /// <param name="Text">What, where and what to do.</param>
    /// <param name="Side">Whose fault it is; <see cref="FaultSide.Sender"/> means that the same call is refused again.</param>
    public sealed record Refused(string Code, string Text, FaultSide Side) : OperatorAnswer<T>;

    /// <summary>It never reached the gateway.</summary>
    /// <param name="Reason">The transport's error.</param>
    public sealed record NotSent(string Reason) : OperatorAnswer<T>;

    /// <summary>It may have reached the gateway. An order that is given again is refused where it was carried out.</summary>
    /// <param name="Reason">The transport's error.</param>
    public sealed record InDoubt(string Reason) : OperatorAnswer<T>;
}
