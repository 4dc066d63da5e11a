using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Relay.Faults;
using LinkGateway.Relay.Records;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>One call from its arrival to the last byte of its answer: what is known of it, and its record.</summary>
sealed class Call : IDisposable
{
    /// <summary>Name of the source of activities, to be named to an exporter.</summary>
    public const string ActivitySourceName = "LinkGateway.Relay";

    const int MostIdCharacters = 255;

    static readonly ActivitySource Activities = new(ActivitySourceName);

    readonly RelayServices _services;
    readonly DeviationLog _deviations;
    RelayedMessage? _message;

    Call(RelayServices services, RelayRequest request)
    {
        _services = services;
        Request = request;
        Contracts = services.Contracts.Current;
        Caller = request.Caller.Identity?.Name ?? "";
        Version = SoapMediaType.Announced(request.MediaType);
        _deviations = new DeviationLog(services.Partners.ProfileOf(request.Caller));
        Record = new CallRecord { Caller = Caller, ReceivedAt = Now };
    }

    public RelayRequest Request { get; }

    /// <summary>The configuration and contracts that the call began with.</summary>
    public BoundContracts Contracts { get; }

    /// <summary>Id of the participant that calls.</summary>
    public string Caller { get; }

    /// <summary>The version of SOAP that the caller speaks.</summary>
    public SoapVersion Version { get; private set; }

    public CallRecord Record { get; }

    /// <summary>The message, once it has been read.</summary>
    public RelayedMessage Message => _message ?? throw new InvalidOperationException("The message has not been read.");

    /// <summary>The WS-Addressing headers; null where it has none.</summary>
    public AddressingHeaders? Addressing { get; private set; }

    /// <summary>Whether the message has an id by which its repetition can be recognised.</summary>
    public bool HasMessageId => Addressing?.MessageId is { Length: > 0 };

    public DateTimeOffset Now => TimeZoneInfo.ConvertTime(_services.Time.GetUtcNow(), Contracts.Snapshot.TimeZone);

    /// <summary>The day by which versions are in force.</summary>
    public DateOnly Today => Contracts.Snapshot.DateOf(Record.ReceivedAt);

    /// <summary>Carries a call through to its answer; whatever goes wrong on the way becomes the answer.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<RelayReply> RunAsync(
        RelayServices services, RelayRequest request, Func<Call, CancellationToken, ValueTask<RelayReply>> answer, CancellationToken ct)
    {
        using var activity = Activities.StartActivity("call", ActivityKind.Server);
        var call = new Call(services, request);
        try
        {
            return await answer(call, ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            return call.RefuseOrEnd(error);
        }
        catch
        {
            call.Dispose();
            throw;
        }
        finally
        {
            activity?.SetTag("linkgateway.message_id", call.Record.MessageId).SetTag("linkgateway.interface", call.Record.Interface);
        }
    }

    RelayReply RefuseOrEnd(Exception error)
    {
        try
        {
            return Refuse(error);
        }
        catch
        {
            // Not even that can be told, but it is on record.
            Dispose();
            throw;
        }
    }

    bool Japanese => _services.PrefersJapanese(Request.HttpHeaders.GetValueOrDefault("Accept-Language"));

    /// <summary>Reads the message up to the end of its envelope.</summary>
    /// <returns>Null where it was read; else what is wrong with it.</returns>
    /// <exception cref="SoapFormatException">It is not SOAP.</exception>
    /// <exception cref="Soap.Mime.MimeFormatException">Its framing is broken.</exception>
    public async ValueTask<Refusal?> ReadAsync(CancellationToken ct)
    {
        if (Request.HttpHeaders.TryGetValue("Content-Encoding", out var coding)
            && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return new Refusal(ErrorCatalogue.MessageMalformed, $"its Content-Encoding is {coding}, and only plain bodies are read");
        _message = await RelayedMessage.ReadAsync(
            Request.Body, Request.ContentType, Request.MediaType!, _services.Limits, _deviations, ct);
        Request.EnvelopeIsRead();
        Version = _message.Envelope.Version;
        SoapActionRules.Judge(Request.HttpHeaders.GetValueOrDefault("SOAPAction"), Version, _deviations);
        Addressing = AddressingHeaders.From(_message.Envelope);
        if (HasMessageId)
            KeepId(Addressing!.MessageId!);
        return null;
    }

    /// <summary>Has the call go by an id that was stated, where HTTP headers, logs and lines of a file can hold it.</summary>
    public void KeepId(string id)
    {
        if (id.Length <= MostIdCharacters && !id.Any(char.IsControl))
            Record.MessageId = id;
    }

    /// <summary>The answer that tells of a refusal.</summary>
    public RelayReply Refuse(Refusal refusal, SoapFault? fault = null)
    {
        Record.Outcome = refusal.Side switch
        {
            FaultSide.Sender => CallOutcome.RefusedSender,
            FaultSide.Gateway => CallOutcome.RefusedGateway,
            _ => CallOutcome.RefusedReceiver,
        };
        Record.FaultCode = refusal.Code;
        _services.Events.Refused(Record, refusal);
        fault ??= GatewayFault.Of(refusal, Japanese, Request.Address);
        var message = OutgoingMessage.Answer(Version, OperationReply.Fault(fault), Addressing);
        var headers = AnswerHeaders();
        headers.Add(new(LinkGatewayHeaders.Fault, refusal.Code));
        if (refusal.RetryAfter is { } wait)
            headers.Add(new("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        return new FaultReply(this, message) { Status = fault.HttpStatus(Version), HttpHeaders = headers };
    }

    /// <summary>The answer that tells of an exception.</summary>
    public RelayReply Refuse(Exception error)
    {
        if (error is SoapFormatException { Error: SoapFormatError.VersionMismatch } mismatch)
        {
            var told = FormatRefusals.Of(error);
            return Refuse(told, GatewayFault.Of(told, Japanese, Request.Address) with { Code = mismatch.Fault.Code });
        }
        return Refuse(error is SoapFormatException or Soap.Mime.MimeFormatException
            ? FormatRefusals.Of(error)
            : new Refusal(ErrorCatalogue.Internal, _services.Events.Failed(Record, error)));
    }

    /// <summary>The headers that every answer has.</summary>
    public List<KeyValuePair<string, string>> AnswerHeaders() => [new(LinkGatewayHeaders.MessageId, Record.MessageId)];

    /// <summary>Ends the call: it is entered in the record, and nothing of its message is needed any more.</summary>
    public void Dispose()
    {
        _message?.Dispose();
        _message = null;
        Record.RequestBytes ??= Request.BytesReceived();
        Record.EndedAt = Now;
        // Made here if it never was: the record is written by another thread.
        _ = Record.MessageId;
        _services.Records.Add(Record);
        _services.Events.Ended(Record);
        if (_deviations.Reports.Count > 0)
            _services.Partners.Deviated(Request.Caller, _deviations.Reports);
    }
}
