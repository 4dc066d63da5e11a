using System.Globalization;
using System.Text;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Statements;
using LinkGateway.Core.Receipts;

namespace LinkGateway.Simulation.Nights;

/// <summary>
/// Receipts that nobody can forge and that cost nothing: a document is a reference, and what stands behind it lies here. Any other document
/// is signed by nobody.
/// </summary>
sealed class NightReceipts : IReceiptSigner, IReceiptVerifier
{
    readonly List<(byte[] Document, ReceiptContent Content)> _signed = [];

    public byte[] Sign(ReceiptContent content)
    {
        var document = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{_signed.Count} {content.Issuer} {content.ReceiptId}"));
        _signed.Add((document, content));
        return [.. document];
    }

    public byte[] Sign(StatementContent content) => throw new NotSupportedException("No statements are kept of a night.");

    public ReceiptContent? Verify(ReadOnlyMemory<byte> document, out string reason)
    {
        reason = "the signature does not verify";
        var end = document.Span.IndexOf((byte)' ');
        if (end < 0 || !int.TryParse(document.Span[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        if (number >= _signed.Count || !document.Span.SequenceEqual(_signed[number].Document)) return null;
        reason = "";
        return _signed[number].Content;
    }
}
