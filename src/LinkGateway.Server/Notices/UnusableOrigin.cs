using LinkGateway.Contract.Messages;
using LinkGateway.Core.Notices.Callbacks;

namespace LinkGateway.Server.Notices;

/// <summary>An origin that cannot be called, because its credentials cannot be read.</summary>
/// <param name="reason">Why.</param>
sealed class UnusableOrigin(string reason) : IOriginService
{
    public ValueTask<CallbackAnswer> ReceiptIssuedAsync(ReceiptIssuedRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new CallbackAnswer(CallbackOutcome.Failed, reason));

    public ValueTask<CallbackAnswer> DeliveryFailedAsync(DeliveryFailedRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new CallbackAnswer(CallbackOutcome.Failed, reason));
}
