using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Messages;

/// <summary>Takes in a stored message: the origin's, of which the manifest is made here, or one that another gateway hands on.</summary>
sealed class SubmitMessage(CoreServices services, AdmissionControl admission, MessageIntake intake)
{
    public async ValueTask<Outcome<AcceptResult>> RunAsync(
        string caller, MessageSubmission submission, IUploadBody body, CancellationToken cancellationToken)
    {
        if (submission.Receiver is null) return new Refusal(ErrorCatalogue.FieldMissing, "receiver");
        if (submission.InterfaceId is null) return new Refusal(ErrorCatalogue.FieldMissing, "interfaceId");
        var worded = submission.Forward is { } forward
            ? CheckForward(submission, forward.Manifest)
            : await WordAsync(caller, submission, cancellationToken);
        if (!worded.Succeeded) return worded.Refusal;
        var manifest = worded.Value;
        var admitted = admission.AdmitMessage(
            caller, MessageIntake.ReferenceOf(manifest, submission.Forward), manifest, submission.Forward?.Hops ?? []);
        if (!admitted.Succeeded) return admitted.Refusal;
        if (CheckWayBack(admitted.Value) is { } noWay) return noWay;
        return await intake.RunAsync(admitted.Value, submission, body, cancellationToken);
    }

    async ValueTask<Outcome<Manifest>> WordAsync(string caller, MessageSubmission submission, CancellationToken cancellationToken)
    {
        if (MessageManifest.Check(submission) is { } bad) return bad;
        var id = submission.MessageId ?? services.Random.NextId();
        var made = MessageManifest.OfMessage(submission, caller, id, services.Now, services.Configuration.Current);
        var held = await services.Journal.FindTransferAsync(new TransferIdentity(caller, id, "", 0), cancellationToken);
        return held is { AcceptedAt: not null } && held.Manifest.IsMessage()
            ? MessageManifest.AsHeld(made, held.Manifest)
            : made;
    }

    static Outcome<Manifest> CheckForward(MessageSubmission submission, Manifest manifest)
    {
        if (MessageIntake.CheckForward(manifest) is { } bad) return bad;
        if (manifest.IsReply())
            return new Refusal(ErrorCatalogue.FieldInvalid, "manifest.property", "a reply is posted to the callback address");
        if (manifest.Receivers[0] != submission.Receiver)
            return new Refusal(ErrorCatalogue.FieldInvalid, "manifest.receiver", "the address leads to another");
        return manifest.InterfaceId == submission.InterfaceId
            ? manifest
            : new Refusal(ErrorCatalogue.FieldInvalid, "manifest.interfaceId", "the address leads to another");
    }

    /// <summary>Who asks for a reply is told at once that none can be brought back, and not when it comes.</summary>
    Refusal? CheckWayBack(Admission admitted)
    {
        if (!admitted.Manifest.ExpectsReply()) return null;
        var origin = admitted.Identity.Origin;
        var configuration = services.Configuration.Current.Configuration;
        // At the last hop the reply comes to this gateway first.
        if (configuration.Gateway.PublicUrl is null && admitted.Routes.Any(route => route.Destination is ServiceDestination))
            return new Refusal(
                ErrorCatalogue.ReplyAddressInvalid, "the gateway's operator must set gateway.publicUrl, to which replies come");
        if (WayBack.Find(services.Configuration.Current, origin, admitted.SubmittedBy) is null)
            return new Refusal(ErrorCatalogue.ReplyAddressInvalid, WayBack.Missing(origin, admitted.SubmittedBy));
        return new CallbackToken(origin, admitted.Identity.TransferId).ToString().Length > CallbackToken.MaxLength
            ? new Refusal(ErrorCatalogue.ReplyAddressInvalid, "origin and wsa:MessageID are too long together for an address")
            : null;
    }
}
