namespace LinkGateway.Soap.Operations;

/// <summary>
/// The attachments of one message, read from the wire as they are asked for. One caller at a time; a part's body ends to be readable
/// when the next part is asked for.
/// </summary>
public interface IAttachments
{
    /// <summary>Reads forward to the part that a reference names; parts passed over on the way are lost.</summary>
    /// <param name="reference">
    /// The reference as it stands in the envelope: a <c>cid:</c> URI (swaRef, RFC 2392) or, leniently, a Content-Location or a bare
    /// Content-ID.
    /// </param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The part, or null where the message ends without it.</returns>
    /// <exception cref="Mime.MimeFormatException">The multipart framing is broken or cut off.</exception>
    ValueTask<Attachment?> FindAsync(string reference, CancellationToken ct);

    /// <summary>
    /// Reads forward to the part whose Content-ID names an element, as WS-I AP 1.0 forms it (<c>&lt;name=unique@domain&gt;</c>): for
    /// messages that do not refer to their attachment. Parts passed over on the way are lost.
    /// </summary>
    /// <param name="partName">The name of the element that should hold the reference.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The part, or null where the message ends without it.</returns>
    /// <exception cref="Mime.MimeFormatException">The multipart framing is broken or cut off.</exception>
    ValueTask<Attachment?> FindPartAsync(string partName, CancellationToken ct);

    /// <summary>Reads forward to the next part, whatever its id.</summary>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The part, or null after the last one.</returns>
    /// <exception cref="Mime.MimeFormatException">The multipart framing is broken or cut off.</exception>
    ValueTask<Attachment?> ReadNextAsync(CancellationToken ct);

    /// <summary>
    /// Reads on to the closing boundary. A handler that keeps what an attachment brought calls this before it commits anything: a
    /// message without closing boundary is a truncated one, whatever its last part looks like.
    /// </summary>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>A task that completes when the message is known to be whole.</returns>
    /// <exception cref="Mime.MimeFormatException">The message ended without its closing boundary.</exception>
    ValueTask FinishAsync(CancellationToken ct);
}
