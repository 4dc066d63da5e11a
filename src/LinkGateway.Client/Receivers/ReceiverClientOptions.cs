using LinkGateway.Soap.Envelope;

namespace LinkGateway.Client.Receivers;

/// <summary>How a <see cref="ReceiverClient"/> calls.</summary>
public sealed record ReceiverClientOptions
{
    /// <summary>The version of SOAP that the receiving system speaks; 1.1 by default.</summary>
    public SoapVersion Version { get; init; } = SoapVersion.Soap11;

    /// <summary>
    /// How long the receiving system may be silent: no byte taken while sending, or no answer after the last one, in which it may be
    /// busy making the file durable. Default 5 minutes. There is no total time.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Largest answer in bytes that is read. Default 1 MiB; 1,000 ranges take about 100 KiB.</summary>
    public int AnswerBytes { get; init; } = 1024 * 1024;
}
