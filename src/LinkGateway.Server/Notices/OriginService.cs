using LinkGateway.Client.Notifications;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Notices.Callbacks;

namespace LinkGateway.Server.Notices;

/// <summary>An origin's service, spoken to by notification SOAP. Only translates. Thread-safe.</summary>
/// <param name="client">The client of it.</param>
sealed class OriginService(NotificationClient client) : IOriginService
{
    public ValueTask<CallbackAnswer> ReceiptIssuedAsync(ReceiptIssuedRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.ReceiptIssuedAsync(request, cancellationToken));

    public ValueTask<CallbackAnswer> DeliveryFailedAsync(DeliveryFailedRequest request, CancellationToken cancellationToken) =>
        TranslateAsync(client.DeliveryFailedAsync(request, cancellationToken));

    static async ValueTask<CallbackAnswer> TranslateAsync(ValueTask<NotificationAnswer> call)
    {
        var answer = await call;
        var outcome = answer.Noted ? CallbackOutcome.Noted : answer.Unwanted ? CallbackOutcome.Unwanted : CallbackOutcome.Failed;
        return new CallbackAnswer(outcome, answer.Reason, answer.RetryAfter);
    }
}
