namespace LinkGateway.Server.Security;

/// <summary>A certificate that the gateway makes for itself on first start, where none of one's own is configured.</summary>
/// <param name="Name">File name without extension in the key directory.</param>
/// <param name="Validity">How long it holds from the moment it is made.</param>
/// <param name="ForTls">True for a server certificate with subject alternative names; false for one that signs receipts.</param>
public sealed record OwnCertificate(string Name, TimeSpan Validity, bool ForTls)
{
    /// <summary>The server certificate of listeners: <c>tls.pem</c>, two years.</summary>
    public static OwnCertificate Tls { get; } = new("tls", TimeSpan.FromDays(730), ForTls: true);

    /// <summary>The certificate that signs receipts: <c>receipt.pem</c>. Ten years: receipts are looked at long after.</summary>
    public static OwnCertificate Receipt { get; } = new("receipt", TimeSpan.FromDays(3652), ForTls: false);
}
