namespace LinkGateway.Samples.Shared;

/// <summary>Why a sample did not reach its end, in words for the person who runs it.</summary>
sealed class SampleException(string message) : Exception(message);
