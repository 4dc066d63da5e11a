using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Notices.Callbacks;

/// <summary>The services of origins. Thread-safe.</summary>
public interface IOriginServices
{
    /// <summary>The service behind a callback.</summary>
    IOriginService ServiceOf(NoticeCallback callback);
}
