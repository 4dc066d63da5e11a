using LinkGateway.Contract.Errors;
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
        return await call.ReadAsync(ct) is { } unread
            ? call.Refuse(unread)
            : await _stored.RunReplyAsync(call, token, origin, hops, ct);
    }
}
