using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Watches;

/// <summary>Told of what happens to watched folders, for logs. Calls must return at once and not throw.</summary>
public interface IWatchEvents
{
    /// <summary>A file is safe here, under this transfer id.</summary>
    void Taken(string watchId, string fileName, string transferId);

    /// <summary>A file is not taken in as it is.</summary>
    void Refused(string watchId, string fileName, Refusal refusal);

    /// <summary>A folder, or something that is to be done in it, is in trouble; it is tried again.</summary>
    void Troubled(string watchId, string text);
}
