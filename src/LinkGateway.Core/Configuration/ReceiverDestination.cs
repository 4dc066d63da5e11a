namespace LinkGateway.Core.Configuration;

/// <summary>A receiving system that implements wsdl/batch-receiver.wsdl: files are pushed to it.</summary>
public sealed record ReceiverDestination : Destination
{
    /// <summary>Address of its service, such as https://akiya.example.jp/files.</summary>
    public required Uri Url { get; init; }

    /// <summary>With what this gateway proves who it is there; null means nothing.</summary>
    public OutboundCredentials? Credentials { get; init; }

    /// <summary>Its server certificates or their issuers, as DER or PEM files; empty means what the operating system trusts.</summary>
    [ConfigurationPath]
    public IReadOnlyList<string> TrustedCertificates { get; init; } = [];

    /// <summary>Deliveries that are under way to it at the same time, 1 to 1000; null means as many as there are workers.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Plain http beyond loopback must be allowed here by name.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Which version of SOAP it speaks.</summary>
    public ReceiverSoap Soap { get; init; } = ReceiverSoap.Soap11;

    /// <summary>How files are handed over: whole in one message, or in chunks.</summary>
    public HandOver HandOver { get; init; } = HandOver.Submit;

    /// <summary>Whether it offers GetTransferStatus, so that it can be asked what became of a file when an answer was lost.</summary>
    public bool OffersStatus { get; init; }

    /// <summary>
    /// Whether a file whose delivery stays in doubt, because it cannot be asked, is sent once more (at least once) or held (at most once).
    /// </summary>
    public bool AtMostOnce { get; init; }

    /// <summary>
    /// Longest silence of the receiver, while it is sent to and before its answer, as d.hh:mm:ss. There is no total time.
    /// </summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Chunks of one file that are sent at the same time, 1 to 64.</summary>
    public int ChunksInFlight { get; init; } = 4;

    internal override int? MostDeliveries => Concurrency;
}
