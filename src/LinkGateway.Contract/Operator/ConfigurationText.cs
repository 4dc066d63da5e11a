using System.Text.Json.Serialization;

namespace LinkGateway.Contract.Operator;

/// <summary>A configuration to be checked where it would be used.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConfigurationText
{
    /// <summary>The content of <c>gateway.json</c>. Relative paths are taken from the folder of the gateway's own file.</summary>
    public string? Text { get; init; }
}
