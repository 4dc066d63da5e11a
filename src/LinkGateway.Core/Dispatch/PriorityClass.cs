namespace LinkGateway.Core.Dispatch;

/// <summary>A class of deliveries as it stands in one mode.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Order">Its place, from 0; the smaller goes first where weights leave two alike.</param>
/// <param name="Weight">Its share while others wait too.</param>
/// <param name="Urgent">Whether it may use the workers that are kept for urgent classes.</param>
/// <param name="Concurrency">Deliveries of it that may run at the same time; null means as many as there are workers.</param>
public sealed record PriorityClass(string Name, int Order, int Weight, bool Urgent, int? Concurrency);
