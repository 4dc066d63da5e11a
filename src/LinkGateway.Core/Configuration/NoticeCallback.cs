namespace LinkGateway.Core.Configuration;

/// <summary>A service of a participant (wsdl/notification.wsdl) that is told what became of its files.</summary>
public sealed record NoticeCallback
{
    /// <summary>Address of the service, such as https://kaoku.example.jp/notices.</summary>
    public required Uri Url { get; init; }

    /// <summary>With what this gateway proves who it is there; null means nothing.</summary>
    public OutboundCredentials? Credentials { get; init; }

    /// <summary>Its server certificates or their issuers, as DER or PEM files; empty means what the operating system trusts.</summary>
    [ConfigurationPath]
    public IReadOnlyList<string> TrustedCertificates { get; init; } = [];

    /// <summary>Plain http beyond loopback must be allowed here by name.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Which version of SOAP it speaks.</summary>
    public ReceiverSoap Soap { get; init; } = ReceiverSoap.Soap11;

    /// <summary>What it is told: receipts by their kind (accepted, validated, delivered, applied), and failed.</summary>
    public IReadOnlyList<CallbackKind> Kinds { get; init; } =
        [CallbackKind.Validated, CallbackKind.Delivered, CallbackKind.Applied, CallbackKind.Failed];

    /// <summary>Longest silence of the service, as d.hh:mm:ss.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What it could not take for so long is not told any more; it can be had by GetReceiptsSince and GetTransferStatus.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(7);
}
