using System.Runtime.CompilerServices;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Validation;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>
/// Relays calls of <c>/services/{organisationCode}/{service}</c>: finds the route, holds the request to its contract, and either passes it
/// on and the answer back, or stores it and says so. Thread-safe.
/// </summary>
/// <param name="services">What it acts through.</param>
public sealed class ServiceRelay(RelayServices services) : IRelay
{
    // Nobody reads more of them in a fault; the log has the number of all.
    const int FindingsTold = 3;

    readonly SynchronousExchange _synchronous = new(services);
    readonly StoredExchange _stored = new(services);

    /// <inheritdoc/>
    public ValueTask<RelayReply> HandleAsync(RelayRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Call.RunAsync(services, request, AnswerAsync, ct);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? FindDocument(RelayRequest request, string query)
    {
        ArgumentNullException.ThrowIfNull(request);
        var contracts = services.Contracts.Current;
        if (contracts.Snapshot.Configuration.Catalogue is not { Open: true }
            && !CallAdmission.Admit(request, request.Caller.Identity?.Name ?? "", contracts).Succeeded)
            return null;
        var addressed = CallAdmission.ReadPath(request.Path);
        if (!addressed.Succeeded || contracts.Find(addressed.Value.Service) is not { } service) return null;
        var today = contracts.Snapshot.DateOf(services.Time.GetUtcNow());
        return service.Served(today)?.Contract?.Documents.Find(query, request.Address);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<RelayReply> AnswerAsync(Call call, CancellationToken ct)
    {
        var intake = services.Transfers.Intake;
        if (intake.RefuseRequest(call.Caller) is { } tooMany) return call.Refuse(tooMany);
        var admitted = CallAdmission.Admit(call.Request, call.Caller, call.Contracts);
        if (!admitted.Succeeded) return call.Refuse(admitted.Refusal);
        foreach (var participant in (ReadOnlySpan<string>)[call.Caller, admitted.Value.Origin, admitted.Value.Route.Receiver])
            if (intake.RefuseSuspended(participant) is { } suspended) return call.Refuse(suspended);
        var (record, route, service) = (call.Record, admitted.Value.Route, admitted.Value.Service);
        (record.Origin, record.Receiver, record.Interface) = (admitted.Value.Origin, route.Receiver, route.Interface.Id);
        if (await call.ReadAsync(ct) is { } unread) return call.Refuse(unread);
        KeepIdOfFirstGateway(call, admitted.Value);

        var envelope = call.Message.Envelope;
        if (envelope.BodyElements > 1)
            return call.Refuse(new Refusal(ErrorCatalogue.MessageMalformed,
                $"its body has {envelope.BodyElements} elements where one may be (WS-I BP 1.1 R2712)"));
        var found = service.Find(envelope.BodyName, call.Today);
        if (!found.Succeeded) return call.Refuse(found.Refusal);
        var (version, operation) = found.Value;
        (record.Version, record.Operation) = (version.Version?.Version, operation.Name);

        if (Validate(call, admitted.Value, version, operation) is { } invalid) return call.Refuse(invalid);
        var matched = new MatchedCall(admitted.Value, version, operation);
        var pattern = PatternOf(call, operation);
        if (!pattern.Succeeded) return call.Refuse(pattern.Refusal);
        record.Pattern = pattern.Value;
        return pattern.Value == CallPatterns.Synchronous
            ? await _synchronous.RunAsync(call, matched, ct)
            : await _stored.RunAsync(call, matched, ct);
    }

    // Without wsa:MessageID only the first gateway makes an id, so that all gateways on the way log the same.
    static void KeepIdOfFirstGateway(Call call, AdmittedCall admitted)
    {
        if (!call.HasMessageId && admitted.Origin != call.Caller
            && call.Request.HttpHeaders.TryGetValue(LinkGatewayHeaders.MessageId, out var id) && id.Length > 0)
            call.KeepId(id);
    }

    Refusal? Validate(Call call, AdmittedCall admitted, BoundVersion version, Catalogue.ServiceOperation operation)
    {
        var mode = admitted.Route.Validation.Request;
        if (mode == ValidationMode.Off) return null;
        var findings = version.Validator!.ValidateRequest(call.Message.Envelope, operation);
        if (findings.Count == 0) return null;
        call.Record.RequestFindings = findings.Count;
        var refused = mode == ValidationMode.Enforce;
        services.Events.RequestDeviates(call.Record, findings, refused);
        return refused ? new Refusal(ErrorCatalogue.MessageInvalid, admitted.Route.Interface.Id, Told(findings)) : null;
    }

    internal static string Told(IReadOnlyList<ValidationFinding> findings) => string.Join("; ", findings.Take(FindingsTold)
        .Select(finding => $"line {finding.Line}, position {finding.Position}, {finding.Path}: {finding.Text.TrimEnd('.')}"))
        + (findings.Count > FindingsTold ? $"; and {findings.Count - FindingsTold} more" : "");

    static Outcome<string> PatternOf(Call call, Catalogue.ServiceOperation operation)
    {
        if (ReplyAddresses.Refuse(call.Message.Envelope) is { } refusal) return refusal;
        if (operation.IsOneWay) return CallPatterns.OneWay;
        // WS-Addressing 1.0 core 3.4: an answer goes to ReplyTo, a fault to FaultTo or else to ReplyTo; anonymous means this exchange.
        if (ReplyAddresses.Elsewhere(call.Addressing?.ReplyTo) is not null) return CallPatterns.Asynchronous;
        return ReplyAddresses.Elsewhere(call.Addressing?.FaultTo) is not null
            ? new Refusal(ErrorCatalogue.ReplyAddressInvalid, "FaultTo names an address while the answer is wanted in this exchange; "
                + "name the same kind of address in ReplyTo")
            : CallPatterns.Synchronous;
    }
}
