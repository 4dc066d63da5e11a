using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Cli.Output;

/// <summary>A receipt as <c>linkgw</c> lists it: without the document.</summary>
sealed record ReceiptLine(
    string ReceiptId, string Kind, string Issuer, string TransferId, string? Receiver, long Size, Sha256Digest Sha256, DateTimeOffset At)
{
    public ReceiptLine(ReceiptEntry entry)
        : this(entry.ReceiptId, entry.Kind, entry.Issuer, entry.TransferId, entry.Receiver, entry.Size, entry.Sha256, entry.At)
    {
    }

    /// <summary>Time, kind, transfer, receiver, issuer, receipt id.</summary>
    public override string ToString() => $"{At:O}  {Kind,-9}  {TransferId}  {Receiver ?? "-"}  {Issuer}  {ReceiptId}";
}
