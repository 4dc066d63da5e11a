using LinkGateway.Contract.Messages;

namespace LinkGateway.Core.Notices.Callbacks;

/// <summary>The service of an origin that is told what became of its files. No method throws but when cancelled. Thread-safe.</summary>
public interface IOriginService
{
    /// <summary>Tells of a receipt.</summary>
    ValueTask<CallbackAnswer> ReceiptIssuedAsync(ReceiptIssuedRequest request, CancellationToken cancellationToken);

    /// <summary>Tells that a file does not arrive.</summary>
    ValueTask<CallbackAnswer> DeliveryFailedAsync(DeliveryFailedRequest request, CancellationToken cancellationToken);
}
