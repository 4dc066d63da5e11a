namespace LinkGateway.Core.Jobs;

/// <summary>A program to run.</summary>
/// <param name="DeliveryId">The delivery that it is about.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Facts">Variables for its environment.</param>
/// <param name="TimeLimit">Longest time.</param>
public sealed record JobOrder(
    string DeliveryId, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Facts, TimeSpan TimeLimit);
