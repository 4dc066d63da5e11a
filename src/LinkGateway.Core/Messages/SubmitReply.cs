using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Directory;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Messages;

/// <summary>
/// Takes in the reply to a stored message. It needs no route of its own: that the message was allowed there allows its reply back, to who
/// made the message and nobody else.
/// </summary>
sealed class SubmitReply(CoreServices services, AdmissionControl admission, MessageIntake intake)
{
    public async ValueTask<Outcome<AcceptResult>> RunAsync(
        string caller, CallbackToken token, MessageSubmission reply, IUploadBody body, CancellationToken cancellationToken)
    {
        var snapshot = services.Configuration.Current;
        if (snapshot.Directory.Find(caller) is not { } participant) return new Refusal(ErrorCatalogue.NotAuthenticated);
        var replier = reply.Forward?.Manifest.Origin ?? caller;
        if (participant.Kind == ParticipantKind.Operator || !participant.MayActFor(replier))
            return new Refusal(ErrorCatalogue.OriginNotAllowed, caller, replier);
        if (await FindAsync(token, replier, cancellationToken) is not { } request)
            return new Refusal(ErrorCatalogue.ReplyUnexpected, replier);
        var worded = reply.Forward is { } forward
            ? CheckForward(token, request.Manifest, forward.Manifest)
            : Word(reply, replier, request.Manifest, snapshot);
        if (!worded.Succeeded) return worded.Refusal;
        var manifest = worded.Value;
        if (!Answers(manifest, request.Manifest)) return new Refusal(ErrorCatalogue.ReplyUnexpected, replier);
        if (RouteOf(request, manifest, snapshot) is not { } route)
            return new Refusal(ErrorCatalogue.NoRoute, replier, manifest.InterfaceId, token.Origin);
        var admitted = admission.AdmitReply(
            caller, MessageIntake.ReferenceOf(manifest, reply.Forward), manifest, reply.Forward?.Hops ?? [], route);
        return admitted.Succeeded ? await intake.RunAsync(admitted.Value, reply, body, cancellationToken) : admitted.Refusal;
    }

    /// <summary>The manifest of the message that the token names; null unless it was accepted here for this replier.</summary>
    public async ValueTask<Manifest?> FindManifestAsync(CallbackToken token, string replier, CancellationToken cancellationToken) =>
        (await FindAsync(token, replier, cancellationToken))?.Manifest;

    /// <summary>The message that the token names, if it was accepted here for <paramref name="replier"/>.</summary>
    async ValueTask<TransferRecord?> FindAsync(CallbackToken token, string replier, CancellationToken cancellationToken)
    {
        foreach (var receiver in (string[])["", replier])
        {
            var identity = new TransferIdentity(token.Origin, token.TransferId, receiver, 0);
            if (await services.Journal.FindTransferAsync(identity, cancellationToken) is { State: TransferState.Accepted } found
                && found.Manifest.ExpectsReply() && found.Manifest.Receivers.Contains(replier, StringComparer.Ordinal)) return found;
        }

        return null;
    }

    Outcome<Manifest> Word(MessageSubmission reply, string replier, Manifest request, ConfigurationSnapshot snapshot)
    {
        if (MessageManifest.Check(reply) is { } bad) return bad;
        if ((reply.ReplyTo ?? reply.FaultTo) is not null)
            return new Refusal(ErrorCatalogue.ReplyAddressInvalid, "a reply cannot ask for a reply");
        return MessageManifest.OfReply(reply, request, replier, reply.MessageId ?? services.Random.NextId(), services.Now, snapshot);
    }

    static Outcome<Manifest> CheckForward(CallbackToken token, Manifest request, Manifest manifest)
    {
        if (MessageIntake.CheckForward(manifest) is { } bad) return bad;
        if (manifest.Receivers[0] != token.Origin || manifest.Property(MessageProperties.InReplyTo) != token.TransferId)
            return new Refusal(ErrorCatalogue.FieldInvalid, "manifest.property", "it answers another message than the address names");
        return manifest.InterfaceId == request.InterfaceId
            ? manifest
            : new Refusal(ErrorCatalogue.FieldInvalid, "manifest.interfaceId", "it is not that of the message");
    }

    /// <summary>
    /// Whether the message waits for a reply of this kind. Without its RelatesTo the origin could not tell what the reply belongs to.
    /// </summary>
    static bool Answers(Manifest reply, Manifest request)
    {
        if (reply.Property(MessageProperties.RelatesTo) != request.TransferId) return false;
        var address = request.Property(MessageProperties.ReplyTo);
        return reply.Property(MessageProperties.ReplyKind) switch
        {
            MessageProperties.Reply => address is not null,
            MessageProperties.Fault => (request.Property(MessageProperties.FaultTo) ?? address) is not null,
            _ => false,
        };
    }

    static Route? RouteOf(TransferRecord request, Manifest reply, ConfigurationSnapshot snapshot) =>
        WayBack.Find(snapshot, request.Identity.Origin, request.SubmittedBy) is { } way
            ? TransferRoutes.Of(snapshot, reply, request.Identity.Origin, way)
            : null;
}
