using LinkGateway.Client.Batch;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Client.Services;

/// <summary>Calls the interfaces behind a gateway. Thread-safe.</summary>
/// <remarks>
/// No method throws for what the gateway, the receiver or the network does: <see cref="ServiceOutcome"/> tells.
/// <see cref="OperationCanceledException"/> comes only when the caller's own token was cancelled.
/// </remarks>
/// <param name="http">
/// Connections, such as <see cref="Connections.GatewayConnections"/> makes; not disposed. Its time-out must be infinite.
/// </param>
/// <param name="gateway">Address of the gateway; <c>services/…</c> follows it.</param>
/// <param name="options">Limits; the defaults where null.</param>
/// <param name="time">Clock for silence and pauses; the system's where null.</param>
public sealed class ServiceClient(HttpClient http, Uri gateway, ServiceClientOptions? options = null, TimeProvider? time = null)
{
    readonly ServiceClientOptions _options = options ?? new();
    readonly TimeProvider _time = time ?? TimeProvider.System;
    readonly SoapSender _sender = new(http, LimitsOf(options ?? new()), time);

    /// <summary>Address of the gateway.</summary>
    public Uri Gateway => gateway;

    /// <summary>
    /// Sends a message once and reads the answer up to the end of its envelope. Whether it may be sent again is the caller's to know:
    /// always when it was not carried out (<see cref="ServiceOutcome.MaybeCarriedOut"/>), else where the operation may be carried out
    /// twice.
    /// </summary>
    /// <returns>What came of it; to be disposed.</returns>
    public async ValueTask<ServiceAnswer> CallAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var silence = new SilenceWatch(_options.SilenceTimeout, _time, cancellationToken);
        try
        {
            var response = await _sender.SendAsync(AddressOf(call), Message(call, silence), silence.Token);
            return AnswerTo(call, OutcomeReader.Read(response), response);
        }
        catch (SoapTransportException e)
        {
            return AnswerTo(call, e.Stage == SoapTransportStage.NotSent
                ? new ServiceOutcome.Unreachable(e.Message)
                : new ServiceOutcome.InDoubt(e.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AnswerTo(call, new ServiceOutcome.InDoubt($"{gateway.Authority} was silent for longer than "
                + $"{nameof(ServiceClientOptions.SilenceTimeout)} = {_options.SilenceTimeout}."));
        }
    }

    /// <summary>
    /// Hands a one-way or asynchronous message to the gateway, again and again until it is known to be stored there or refused for good,
    /// as <see cref="ServiceClientOptions.Retries"/> says. By its <see cref="ServiceCall.MessageId"/> the gateway knows a repetition and
    /// delivers it once; a message without one is sent again only when it was certainly not taken.
    /// </summary>
    /// <remarks>For operations that answer use <see cref="CallAsync"/>: they would be carried out at each repetition.</remarks>
    /// <returns>
    /// <see cref="ServiceOutcome.Accepted"/> when the message is durable at the gateway; else the outcome of the last try.
    /// </returns>
    public async ValueTask<ServiceOutcome> SendAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var retries = _options.Retries;
        for (var tries = 1; ; tries++)
        {
            ServiceOutcome outcome;
            await using (var answer = await CallAsync(call, cancellationToken))
                outcome = answer.Outcome;
            var pause = (outcome as ServiceOutcome.Refused)?.RetryAfter;
            if (!outcome.IsTemporary || tries >= retries.MaxTries || pause > retries.LongestPause
                || (outcome.MaybeCarriedOut && call.MessageId is null))
            {
                return outcome;
            }
            await Task.Delay(retries.DelayAfter(tries, pause), _time, cancellationToken);
        }
    }

    Uri AddressOf(ServiceCall call) => new(
        new Uri(gateway.AbsoluteUri.TrimEnd('/') + "/"),
        $"services/{Uri.EscapeDataString(call.Organisation)}/{Uri.EscapeDataString(call.Service)}");

    ServiceAnswer AnswerTo(ServiceCall call, ServiceOutcome outcome, SoapResponse? response = null) =>
        new(call.MessageId, outcome, response, _options.SilenceTimeout, _time);

    SoapRequest Message(ServiceCall call, SilenceWatch silence) => new()
    {
        Version = call.Version,
        Action = call.Action,
        Addressing = AddressingOf(call),
        Body = call.Body,
        Attachments = [.. call.Attachments.Select(attachment => OutgoingAttachment.From(
            MimeHeaders.ForPart(attachment.ContentId, attachment.ContentType),
            attachment.Content.OpenRead(silence.Broken),
            attachment.Content.Length))],
        ExpectContinue = call.Attachments.Sum(attachment => attachment.Content.Length) >= _options.ContinueThreshold,
        HttpHeaders = _options.Language is { } language ? new Dictionary<string, string> { ["Accept-Language"] = language } : [],
    };

    static AddressingHeaders? AddressingOf(ServiceCall call) => call is { MessageId: null, ReplyTo: null, FaultTo: null } ? null : new()
    {
        MessageId = call.MessageId,
        Action = call.Action,
        ReplyTo = call.ReplyTo,
        FaultTo = call.FaultTo,
    };

    static MessageLimits LimitsOf(ServiceClientOptions options) =>
        MessageLimits.Default with { Envelope = EnvelopeLimits.Default with { RootBytes = options.AnswerBytes } };
}
