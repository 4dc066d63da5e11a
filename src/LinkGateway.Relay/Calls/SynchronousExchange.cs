using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Channels;
using LinkGateway.Relay.Records;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>Passes a request on to its receiver and the answer back, both as they come. Thread-safe.</summary>
sealed class SynchronousExchange(RelayServices services)
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RelayReply> RunAsync(Call call, MatchedCall matched, CancellationToken ct)
    {
        var outgoing = new OutgoingForms(call, matched.Admitted);
        var usable = outgoing.Usable([matched.Route.Destination, .. matched.Route.Alternates]);
        if (!usable.Succeeded) return call.Refuse(usable.Refusal);
        var destinations = usable.Value;
        call.Record.Destination = destinations[0].Id;
        var sent = await services.Channels.SendAsync(destinations, destination => outgoing.For(destination, matched.Safe), ct);
        if (!sent.Succeeded) return call.Refuse(sent.Refusal);
        var answer = sent.Value;
        (call.Record.Destination, call.Record.SentAt, call.Record.AnswerBegunAt) =
            (answer.DestinationId, answer.RequestSentAt, answer.AnswerBegunAt);
        try
        {
            return await PassBackAsync(call, matched, answer, ct);
        }
        catch (Exception error) when (RefusalOf(error, answer) is { } broken && !ct.IsCancellationRequested)
        {
            await answer.DisposeAsync();
            return call.Refuse(broken);
        }
        catch
        {
            await answer.DisposeAsync();
            throw;
        }
    }

    static Refusal? RefusalOf(Exception error, ReceiverAnswer answer) => error switch
    {
        AnswerBrokenException broken => broken.Refusal,
        SoapFormatException or MimeFormatException => Broken(answer, error.Message.TrimEnd('.')),
        _ => null,
    };

    static Refusal Broken(ReceiverAnswer answer, string text) => new(ErrorCatalogue.AnswerBroken, answer.DestinationId, text);

    async ValueTask<RelayReply> PassBackAsync(Call call, MatchedCall matched, ReceiverAnswer answer, CancellationToken ct)
    {
        if (answer.Status is >= 200 and < 300 && await IsEmptyAsync(answer.Body, ct))
        {
            await answer.DisposeAsync();
            call.Record.Outcome = CallOutcome.Answered;
            return new EmptyReply(call) { Status = answer.Status, HttpHeaders = HeadersOf(call, answer) };
        }
        if (!MediaType.TryParse(answer.ContentType, out var mediaType) || !SoapMediaType.IsSoap(mediaType))
            return await RefuseAsync(call, answer, Broken(answer,
                $"HTTP {answer.Status} with {answer.ContentType ?? "no Content-Type"}, which is no SOAP"));

        var message = await RelayedMessage.ReadAsync(answer.Body, answer.ContentType!, mediaType, services.Limits, ct: ct);
        try
        {
            if (WhatForbids(call, matched, message.Envelope) is { } forbidden)
            {
                message.Dispose();
                return await RefuseAsync(call, answer, new Refusal(ErrorCatalogue.AnswerInvalid, answer.DestinationId, forbidden));
            }
            var status = AnswerForm.Convert(message, answer.Status, call.Version);
            var fault = message.Envelope.IsFault;
            if (fault)
                call.Record.FaultCode = GatewayCodeOf(call, answer) ?? SoapFault.From(message.Envelope)!.Code.ToString();
            return new ReceiverReply(call, answer, message)
            {
                Status = status,
                HttpHeaders = HeadersOf(call, answer),
                Outcome = fault ? CallOutcome.Fault : CallOutcome.Answered,
            };
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    static async ValueTask<RelayReply> RefuseAsync(Call call, ReceiverAnswer answer, Refusal refusal)
    {
        await answer.DisposeAsync();
        return call.Refuse(refusal);
    }

    /// <summary>Why the answer cannot be passed on: what is wrong with it, or the signature that a conversion would break.</summary>
    string? WhatForbids(Call call, MatchedCall matched, SoapEnvelope envelope)
    {
        var mode = matched.Route.Validation.Response;
        if (mode != ValidationMode.Off
            && matched.Version.Validator!.ValidateResponse(envelope, matched.Operation) is { Count: > 0 } findings)
        {
            call.Record.ResponseFindings = findings.Count;
            var refused = mode == ValidationMode.Enforce;
            services.Events.AnswerDeviates(call.Record, findings, refused);
            if (refused) return ServiceRelay.Told(findings);
        }
        return envelope.Version != call.Version && Signatures.CoveringEnvelope(envelope) is not null
            ? "it is signed, and the caller speaks another version of SOAP"
            : null;
    }

    static List<KeyValuePair<string, string>> HeadersOf(Call call, ReceiverAnswer answer)
    {
        var headers = PassedHeaders.OfAnswer(answer.Headers);
        headers.AddRange(call.AnswerHeaders());
        // The next gateway's own fault stays one that callers can tell from the receiver's.
        if (GatewayCodeOf(call, answer) is { } code)
            headers.Add(new(LinkGatewayHeaders.Fault, code));
        return headers;
    }

    /// <summary>The code of a fault of the gateway that answered; null where a receiver answered, whatever it says.</summary>
    static string? GatewayCodeOf(Call call, ReceiverAnswer answer)
    {
        var code = answer.Headers
            .FirstOrDefault(header => header.Key.Equals(LinkGatewayHeaders.Fault, StringComparison.OrdinalIgnoreCase)).Value;
        return code is not null && call.Contracts.Snapshot.Configuration.Destinations.Any(
            destination => destination is GatewayDestination && destination.Id == answer.DestinationId) ? code : null;
    }

    static async ValueTask<bool> IsEmptyAsync(PipeReader body, CancellationToken ct)
    {
        var read = await body.ReadAsync(ct);
        body.AdvanceTo(read.Buffer.Start);
        return read.Buffer.IsEmpty && read.IsCompleted;
    }
}
