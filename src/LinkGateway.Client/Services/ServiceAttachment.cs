using LinkGateway.Client.Batch;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Client.Services;

/// <summary>An attachment on its way out, read as the network takes it.</summary>
/// <param name="ContentId">Its Content-ID, of a form like <c>plan@kaoku.example.jp</c>, with or without brackets.</param>
/// <param name="ContentType">What it holds.</param>
/// <param name="Content">Its bytes; read again from the beginning when the message is sent again.</param>
public sealed record ServiceAttachment(string ContentId, MediaType ContentType, UploadContent Content)
{
    /// <summary>What an element of the body says to mean this attachment (swaRef, WS-I AP 1.0 4.4).</summary>
    public string Reference => "cid:" + Uri.EscapeDataString(ContentId.Trim('<', '>')).Replace("%40", "@", StringComparison.Ordinal);
}
