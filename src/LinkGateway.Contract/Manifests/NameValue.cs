namespace LinkGateway.Contract.Manifests;

/// <summary>One name/value property of a manifest or an answer.</summary>
/// <param name="Name">The name; may repeat.</param>
/// <param name="Value">The text.</param>
public readonly record struct NameValue(string Name, string Value);
