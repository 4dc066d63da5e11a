namespace LinkGateway.FaultHarness.Running;

/// <summary>A run did not go as its scenario says.</summary>
sealed class ScenarioException(string message) : Exception(message);
