using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Messages;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>
/// Takes in, at <c>/callbacks/{token}</c>, the replies of receivers to asynchronous messages: that address stood in the message's ReplyTo
/// and FaultTo when it was delivered. Thread-safe.
/// </summary>
/// <param name="services">What it acts through.</param>
public sealed class CallbackRelay(RelayServices services) : IRelay
{
    /// <summary>Path of all callbacks; the token follows.</summary>
    public const string Path = "/callbacks/";

    readonly StoredExchange _stored = new(services);

    /// <inheritdoc/>
    public ValueTask<RelayReply> HandleAsync(RelayRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Call.RunAsync(services, request, AnswerAsync, ct);
    }

    /// <summary>A callback has no contract of its own.</summary>
    /// <returns>Null.</returns>
    public ReadOnlyMemory<byte>? FindDocument(RelayRequest request, string query) => null;

    async ValueTask<RelayReply> AnswerAsync(Call call, CancellationToken ct)
    {
        call.Record.Pattern = CallPatterns.Reply;
        var snapshot = call.Contracts.Snapshot;
        if (snapshot.Directory.Find(call.Caller) is not { } caller)
            return call.Refuse(new Refusal(ErrorCatalogue.NotAuthenticated));
        var sender = CallAdmission.SenderOf(call.Request, caller, snapshot.Configuration.Gateway.Id);
        if (!sender.Succeeded) return call.Refuse(sender.Refusal);
        var (origin, hops) = sender.Value;
        call.Record.Origin = origin;
        if (!CallbackToken.TryParse(call.Request.Path[Path.Length..], out var token))
            return call.Refuse(new Refusal(ErrorCatalogue.ReplyUnexpected, origin));
        call.Record.Receiver = token.Origin;
        var found = await services.Transfers.FindMessageAsync(token, origin, ct);
        if (found is { Succeeded: false }) return call.Refuse(found.Refusal!);
        if (found.Value is not { } asked) return call.Refuse(new Refusal(ErrorCatalogue.ReplyUnexpected, origin));
        (call.Record.Interface, call.Record.Version) = (asked.InterfaceId, asked.InterfaceVersion);
        call.Record.Operation = asked.Property(MessageProperties.Operation);
        if (await call.ReadAsync(ct) is { } unread) return call.Refuse(unread);
        return Validate(call, asked, origin) is { } invalid
            ? call.Refuse(invalid)
            : await _stored.RunReplyAsync(call, token, origin, hops, ct);
    }

    // The receiver is the sender here: what is wrong with its reply is told to itself.
    Refusal? Validate(Call call, Manifest asked, string replier)
    {
        var route = call.Contracts.Snapshot.Routes.Resolve(asked.Origin, asked.InterfaceId, replier);
        if (route is null or { Validation.Response: ValidationMode.Off }) return null;
        if (call.Contracts.Find(route.Interface.Service?.Name ?? "")?.Find(asked.InterfaceVersion) is not { Contract: { } contract } version
            || contract.Operations.FirstOrDefault(one => one.Name == call.Record.Operation) is not { } operation) return null;
        var findings = version.Validator!.ValidateResponse(call.Message.Envelope, operation);
        if (findings.Count == 0) return null;
        call.Record.RequestFindings = findings.Count;
        var refused = route.Validation.Response == ValidationMode.Enforce;
        services.Events.AnswerDeviates(call.Record, findings, refused);
        return refused ? new Refusal(ErrorCatalogue.MessageInvalid, asked.InterfaceId, ServiceRelay.Told(findings)) : null;
    }
}
