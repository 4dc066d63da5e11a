using LinkGateway.Soap.Envelope;

namespace LinkGateway.Client.Notifications;

/// <summary>How a <see cref="NotificationClient"/> calls.</summary>
public sealed record NotificationClientOptions
{
    /// <summary>The version of SOAP that the origin speaks; 1.1 by default.</summary>
    public SoapVersion Version { get; init; } = SoapVersion.Soap11;

    /// <summary>How long the origin may be silent. Default 30 s.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest answer in bytes that is read. Default 64 KiB: an answer is empty.</summary>
    public int AnswerBytes { get; init; } = 64 * 1024;
}
