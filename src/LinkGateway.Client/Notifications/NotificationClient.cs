using System.Net;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Client.Notifications;

/// <summary>
/// Tells an origin that implements the notification contract what became of its files, one method an operation; it neither repeats nor
/// decides. Thread-safe.
/// </summary>
/// <remarks>No method throws for what the origin or the network does: <see cref="NotificationAnswer"/> tells.</remarks>
/// <param name="http">
/// Connections, such as <see cref="Connections.GatewayConnections"/> makes; not disposed. Its time-out must be infinite.
/// </param>
/// <param name="address">Address of the service.</param>
/// <param name="options">How it is called; the defaults where null.</param>
/// <param name="time">Clock for the silence time-out; the system's where null.</param>
public sealed class NotificationClient(
    HttpClient http, Uri address, NotificationClientOptions? options = null, TimeProvider? time = null)
{
    readonly NotificationClientOptions _options = options ?? new();
    readonly TimeProvider _time = time ?? TimeProvider.System;
    readonly SoapSender _sender = new(http, LimitsOf(options ?? new()), time);

    /// <summary>Tells of a receipt.</summary>
    public ValueTask<NotificationAnswer> ReceiptIssuedAsync(ReceiptIssuedRequest request, CancellationToken cancellationToken) =>
        CallAsync(NotificationOperations.ReceiptIssued, request, cancellationToken);

    /// <summary>Tells that a file does not arrive.</summary>
    public ValueTask<NotificationAnswer> DeliveryFailedAsync(DeliveryFailedRequest request, CancellationToken cancellationToken) =>
        CallAsync(NotificationOperations.DeliveryFailed, request, cancellationToken);

    async ValueTask<NotificationAnswer> CallAsync<TRequest>(
        BatchOperation<TRequest, NotedResult> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : class
    {
        using var silence = new SilenceWatch(_options.SilenceTimeout, _time, cancellationToken);
        var message = new SoapRequest
        {
            Version = _options.Version,
            Action = operation.Action,
            Body = writer => operation.WriteRequest(writer, request),
        };
        try
        {
            await using var response = await _sender.SendAsync(address, message, silence.Token);
            return Read(response);
        }
        catch (SoapTransportException e)
        {
            return Failed(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"{address.Authority} was silent for longer than {_options.SilenceTimeout:c}.");
        }
    }

    static NotificationAnswer Read(SoapResponse response)
    {
        if (response.IsSuccess && SaysNothingElse(response)) return new NotificationAnswer(Noted: true, Unwanted: false, "", null);
        if (response.Fault is not { } fault)
            return Failed($"HTTP {(int)response.Status} and no SOAP. Check the address.", response.RetryAfter);
        return Detail(fault) is { } detail
            ? Failed($"{detail.Code}: {detail.Text}", response.RetryAfter) with { Unwanted = detail.Code == NotificationNames.Unwanted }
            : Failed(fault.Reason, response.RetryAfter);
    }

    // An answer holds nothing that matters; but a page of some other server at a wrong address is none.
    static bool SaysNothingElse(SoapResponse response) => response.Envelope is not null
        || response.Status is HttpStatusCode.Accepted or HttpStatusCode.NoContent || response.HttpHeader("Content-Length") == "0";

    static NotificationFault? Detail(SoapFault fault)
    {
        foreach (var element in fault.DetailElements)
        {
            if (element.Name.LocalName != NotificationNames.Fault || element.Name.NamespaceName != NotificationNames.Namespace) continue;
            using var reader = element.CreateReader();
            reader.MoveToContent();
            if (NotificationFaultXml.Read(reader) is { Succeeded: true } read) return read.Value;
        }

        return null;
    }

    static NotificationAnswer Failed(string reason, TimeSpan? retryAfter = null) => new(Noted: false, Unwanted: false, reason, retryAfter);

    static MessageLimits LimitsOf(NotificationClientOptions options) =>
        MessageLimits.Default with { Envelope = EnvelopeLimits.Default with { RootBytes = options.AnswerBytes } };
}
