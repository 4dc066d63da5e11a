namespace LinkGateway.Core.Pull;

/// <summary>Told of what happens to pulls, for logs.</summary>
public interface IPullEvents
{
    /// <summary>The other gateway cannot be reached or does not do it; it is tried again.</summary>
    void Troubled(string pullId, string text);

    /// <summary>A file there is not taken in here.</summary>
    void Refused(string pullId, string deliveryId, string text);

    /// <summary>The other gateway does not take a confirmation; a file of which nothing was delivered yet is given up here.</summary>
    void ConfirmationRefused(string pullId, string deliveryId, string text);
}
