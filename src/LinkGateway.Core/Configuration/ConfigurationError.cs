namespace LinkGateway.Core.Configuration;

/// <summary>One thing that is wrong in <c>gateway.json</c>.</summary>
/// <param name="Path">JSON path of the value, such as <c>$.routes[2].destination</c>.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record ConfigurationError(string Path, string Problem, string Remedy)
{
    /// <summary>Path, problem and remedy on one line.</summary>
    public override string ToString() => $"{Path}: {Problem}. {Remedy}.";
}
