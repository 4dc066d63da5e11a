using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Receipts;

namespace LinkGateway.Server.Receipts;

/// <summary>Verifies receipts against the certificates configured for the gateway that they name as issuer. Thread-safe.</summary>
/// <param name="configuration">Holds whom to trust.</param>
sealed class TrustedReceiptVerifier(ConfigurationSource configuration) : IReceiptVerifier
{
    public ReceiptContent? Verify(ReadOnlyMemory<byte> document, out string reason)
    {
        var trusted = configuration.Current.TrustedIssuers;
        // Who issued it is only known once it was proved unchanged; then it must be that gateway's key and not just any trusted one.
        var byAnyone = ReceiptVerifier.Verify(document, [.. trusted.Values.SelectMany(certificates => certificates)]);
        if (!byAnyone.IsValid)
        {
            reason = byAnyone.Reason;
            return null;
        }
        var issuer = byAnyone.Content.Issuer;
        var byIssuer = trusted.TryGetValue(issuer, out var own) && ReceiptVerifier.Verify(document, own).IsValid;
        reason = byIssuer ? "" : $"it names {issuer} as issuer, but is signed with another gateway's key";
        return byIssuer ? byAnyone.Content : null;
    }
}
