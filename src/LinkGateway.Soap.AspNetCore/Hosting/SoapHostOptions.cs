using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>The limits of a SOAP endpoint on Kestrel. Every refusal names the limit by its option name in lower camel case.</summary>
public sealed record SoapHostOptions
{
    /// <summary>What reading one message may cost in memory: rootBytes, preRootSpoolBytes and the limits of framing.</summary>
    public MessageLimits Message { get; init; } = MessageLimits.Default;

    /// <summary>The time in which everything up to the end of the envelope must have come; 30 s by default.</summary>
    public TimeSpan HeaderAndRootTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time without a byte while attachments come; 60 s by default. There is no total time.</summary>
    public TimeSpan AttachmentSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The least average of bytes a second while attachments come, judged over <see cref="AttachmentRateWindow"/>; 1 KiB by default.
    /// </summary>
    public int AttachmentMinimumRate { get; init; } = 1024;

    /// <summary>
    /// The time over which the average is judged; 5 minutes by default. Only time spent waiting for the sender counts, so that a slow disk
    /// here is never the sender's fault.
    /// </summary>
    public TimeSpan AttachmentRateWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The most bytes of a refused body that are read and thrown away so that the sender can read the fault; 4 GiB by default.
    /// </summary>
    public long DrainBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>The longest time a refused body is thrown away for; 60 s by default.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most refused bodies thrown away at once; beyond it the connection is closed without. 64 by default.</summary>
    public int Drains { get; init; } = 64;

    /// <summary>
    /// Scheme, host and port by which callers reach this host, where they differ from what a request says (behind a reverse proxy):
    /// published in WSDL documents and given to handlers. Null takes those of the request.
    /// </summary>
    public Uri? PublicRoot { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
