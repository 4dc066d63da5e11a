using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Notices;

/// <summary>Hands a notice to a sink, once. Thread-safe.</summary>
public interface INoticeSender
{
    /// <summary>Hands it over; it throws only when cancelled.</summary>
    ValueTask<NoticeSent> SendAsync(NoticeSink sink, Notice notice, CancellationToken cancellationToken);
}
