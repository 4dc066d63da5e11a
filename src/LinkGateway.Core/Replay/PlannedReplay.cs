using LinkGateway.Contract.Operator;

namespace LinkGateway.Core.Replay;

/// <summary>One delivery that an order takes in. Small: an order may take in many.</summary>
/// <param name="Entry">What an operator is told of it.</param>
/// <param name="ClassOrder">Place of its class: the first class has the first turns.</param>
/// <param name="CreatedAt">When the delivery was made: within a class the oldest has the first turn.</param>
/// <param name="SetReplay">Of a file of a set that is copied: the number of the copy.</param>
sealed record PlannedReplay(ReplayEntry Entry, int ClassOrder, DateTimeOffset CreatedAt, int? SetReplay);
