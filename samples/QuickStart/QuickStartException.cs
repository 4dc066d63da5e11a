namespace LinkGateway.Samples.QuickStart;

/// <summary>Why the sample did not reach its end, in words for the person who runs it.</summary>
sealed class QuickStartException(string message) : Exception(message);
