namespace LinkGateway.Core.Journal;

/// <summary>
/// Deliveries that are alike to whoever decides which goes next: of one origin, interface and receiver, by one destination.
/// </summary>
/// <param name="DestinationId">Where they go, or went last.</param>
/// <param name="Origin">Origin of their transfers.</param>
/// <param name="InterfaceId">Interface of their manifests.</param>
/// <param name="Receiver">Their receiver.</param>
/// <param name="Begins">
/// Whether taking one up begins to send it (Waiting, Sending, InDoubt); false where it is finished, asked about, withdrawn or looked at.
/// </param>
public readonly record struct Lane(string DestinationId, string Origin, string InterfaceId, string Receiver, bool Begins);
