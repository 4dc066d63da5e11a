using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Pull;

/// <summary>Knows the gateways that are pulled from. Thread-safe.</summary>
public interface IInboxPeerFactory
{
    /// <summary>The inbox that the settings name.</summary>
    IInboxPeer InboxOf(PullSettings settings);
}
