using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Retention;

/// <summary>What retention tells the outside, for the log. Calls must return at once and not throw.</summary>
public interface IRetentionEvents
{
    /// <summary>A payload was removed; the row says when and by which rule.</summary>
    void PayloadRemoved(TransferRecord transfer);

    /// <summary>So many transfers were forgotten with their receipts.</summary>
    void Forgotten(int transfers);

    /// <summary>So many payloads were removed that no transfer named.</summary>
    void StraysRemoved(int payloads);

    /// <summary>There is less room than the reserve; told once until there is more again.</summary>
    void SpaceShort(long freeBytes, long reserve);

    /// <summary>There is more room than the reserve again.</summary>
    void SpaceEnough(long freeBytes, long reserve);

    /// <summary>Storage is in trouble; it is tried again.</summary>
    void Troubled(Exception exception);
}
