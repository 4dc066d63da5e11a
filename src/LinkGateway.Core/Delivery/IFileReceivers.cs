using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Delivery;

/// <summary>Gives the receiving system behind a receiver destination.</summary>
public interface IFileReceivers
{
    /// <summary>The receiving system behind <paramref name="destination"/>; connections are pooled behind it.</summary>
    IFileReceiver ReceiverOf(ReceiverDestination destination);
}
