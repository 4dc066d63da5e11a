namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>The body of a message as the transport gives it.</summary>
/// <param name="Stream">The bytes; to be read asynchronously.</param>
sealed record CarriedBody(Stream Stream);
