using System.Text.Json.Serialization;

namespace LinkGateway.Contract.Operator;

/// <summary>An order to stop a replay: deliveries whose turn has not come stay as they are.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReplayStop
{
    /// <summary>Why; required, 1 to 1,000 characters.</summary>
    public string? Reason { get; init; }
}
