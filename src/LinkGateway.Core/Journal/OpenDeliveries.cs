namespace LinkGateway.Core.Journal;

/// <summary>
/// The deliveries of accepted transfers from one origin, of one interface, to one receiver by one destination that are not over: how many,
/// how large, since when.
/// </summary>
/// <param name="DestinationId">The destination.</param>
/// <param name="Origin">The origin.</param>
/// <param name="InterfaceId">The interface.</param>
/// <param name="Receiver">The receiver.</param>
/// <param name="Ours">
/// Whether they are for this gateway to deliver: in Waiting, Sending, InDoubt or Publishing, and not in an inbox. The others wait for
/// somebody else: the next gateway, the receiver, an operator, the rest of their set.
/// </param>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Oldest">When the first of them was accepted.</param>
/// <param name="Newest">When the last of them was accepted.</param>
public sealed record OpenDeliveries(
    string DestinationId, string Origin, string InterfaceId, string Receiver, bool Ours, long Files, long Bytes, DateTimeOffset Oldest,
    DateTimeOffset Newest);
