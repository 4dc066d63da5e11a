using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Operations;

/// <summary>What reading one message may cost in memory; attachments themselves have no limit here, they are streamed.</summary>
public sealed record MessageLimits
{
    /// <summary>The limits in force where none are given.</summary>
    public static MessageLimits Default { get; } = new();

    /// <summary>The limits of the envelope.</summary>
    public EnvelopeLimits Envelope { get; init; } = EnvelopeLimits.Default;

    /// <summary>The limits of the multipart framing.</summary>
    public MultipartOptions Multipart { get; init; } = MultipartOptions.Default;

    /// <summary>
    /// The most bytes of attachments that come before the root part, held in memory with their headers; 1 MiB by default.
    /// </summary>
    public int PreRootSpoolBytes { get; init; } = 1024 * 1024;
}
