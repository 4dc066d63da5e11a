namespace LinkGateway.Soap.Wsdl;

/// <summary>An import, include or redefine in a published document.</summary>
/// <param name="Document">The name of the document that it stands in.</param>
/// <param name="Location">The location as it is written there; null where there is none, as an import of a schema may have it.</param>
/// <param name="Namespace">The namespace that is imported; empty for none, or where it is no import.</param>
public readonly record struct WsdlReference(string Document, string? Location, string Namespace);
