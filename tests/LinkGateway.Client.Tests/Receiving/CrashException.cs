namespace LinkGateway.Client.Receiving;

/// <summary>The process ends here.</summary>
sealed class CrashException : Exception;
