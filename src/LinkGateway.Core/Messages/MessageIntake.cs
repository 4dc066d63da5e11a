using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Messages;

/// <summary>Takes an admitted message in: as a whole file, by the way of all files.</summary>
sealed class MessageIntake(CoreServices services, SubmitFile submit)
{
    /// <summary>What names a message here: its origin's id, and from another gateway the receiver too.</summary>
    public static TransferReference ReferenceOf(Manifest manifest, MessageForward? forward) => new()
    {
        Origin = manifest.Origin,
        TransferId = manifest.TransferId,
        Receiver = forward is null ? null : manifest.Receivers[0],
        Replay = forward?.Replay ?? 0,
    };

    /// <summary>Why a forwarded manifest is none of a message for one receiver; null when it is one.</summary>
    public static Refusal? CheckForward(Manifest manifest)
    {
        if (!manifest.IsMessage()) return new Refusal(ErrorCatalogue.FieldInvalid, "manifest.kind", "it is not that of a message");
        if (manifest.Receivers.Count != 1)
            return new Refusal(ErrorCatalogue.FieldInvalid, "manifest.receiver", "a message has exactly one");
        foreach (var name in (string[])[MessageProperties.ContentType, MessageProperties.SoapVersion])
            if (manifest.Property(name) is null) return new Refusal(ErrorCatalogue.FieldMissing, $"manifest.property {name}");

        // They become HTTP headers again.
        return manifest.Properties.Any(property => property.Value.Any(char.IsControl))
            ? new Refusal(ErrorCatalogue.FieldInvalid, "manifest.property", "it holds a control character")
            : null;
    }

    public async ValueTask<Outcome<AcceptResult>> RunAsync(
        Admission admission, MessageSubmission submission, IUploadBody body, CancellationToken cancellationToken)
    {
        var request = new SubmitFileRequest
        {
            Transfer = TransferReference.To(admission.Identity),
            Manifest = admission.Manifest,
            Hops = admission.Hops,
        };
        if (submission.Forward is { } forward)
        {
            // The entry gateway's chunk size must be kept, and its receipt states it. Whether the receipt fits is judged with the bytes.
            if (services.Verifier.Verify(forward.EntryReceiptDocument, out var reason) is not { } receipt)
                return new Refusal(ErrorCatalogue.EntryReceiptInvalid, reason);
            request = request with { ChunkSize = receipt.ChunkSize, EntryReceiptDocument = forward.EntryReceiptDocument };
        }

        var declared = admission with { Size = submission.Size, Sha256 = submission.Sha256 };
        var outcome = await submit.RunAsync(declared, request, body, cancellationToken);
        return outcome.Succeeded && admission.Manifest.Property(MessageProperties.IdMade) is { } made
            ? outcome.Value with { Properties = [new NameValue(MessageProperties.IdMade, made)] }
            : outcome;
    }
}
