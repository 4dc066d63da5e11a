namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>Something did not hold that must hold for every message.</summary>
sealed class OracleException(string message) : Exception(message);
