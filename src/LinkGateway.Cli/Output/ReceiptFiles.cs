using System.Buffers;
using LinkGateway.Client.Receiving;
using LinkGateway.Contract.Archives;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Cli.Output;

/// <summary>Writes receipt documents to files, byte for byte.</summary>
static class ReceiptFiles
{
    static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>Writes each receipt to <c>TRANSFER-KIND-RECEIPT.xml</c>, replacing a file of that name; the folder is made.</summary>
    /// <returns>The paths, in order.</returns>
    public static IReadOnlyList<string> Write(string folder, IEnumerable<ReceiptEntry> receipts)
    {
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach (var receipt in receipts)
        {
            var path = Path.Combine(folder, $"{Safe(receipt.TransferId)}-{Safe(receipt.Kind)}-{Safe(receipt.ReceiptId)}.xml");
            File.WriteAllBytes(path, receipt.ReceiptDocument);
            paths.Add(path);
        }
        return paths;
    }

    /// <summary>Writes a receipt that was issued on our word to <c>TRANSFER-KIND-DELIVERY.xml</c>, replacing a file of that name.</summary>
    public static void Write(string folder, IssuedReceipt receipt)
    {
        Directory.CreateDirectory(folder);
        var kind = receipt.Kind.ToString().ToLowerInvariant();
        var path = Path.Combine(folder, $"{Safe(receipt.TransferId)}-{kind}-{Safe(receipt.DeliveryId)}.xml");
        File.WriteAllBytes(path, receipt.Document.Span);
    }

    /// <summary>Writes the receipts of an archived transfer to <c>TRANSFER-KIND-RECEIPT.xml</c>, replacing files of those names.</summary>
    public static void Write(string folder, ArchivedTransfer transfer)
    {
        Directory.CreateDirectory(folder);
        foreach (var receipt in transfer.Receipts)
        {
            var name = $"{Safe(transfer.TransferId)}-{Safe(receipt.Kind)}-{Safe(receipt.ReceiptId)}.xml";
            File.WriteAllBytes(Path.Combine(folder, name), receipt.Document);
        }
    }

    // An id is never used as a path (DESIGN section 6): what is not plain becomes an underscore. The receipt's id keeps names apart.
    static string Safe(string id) =>
        string.Create(Math.Min(id.Length, 100), id, (span, text) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = Allowed.Contains(text[i]) ? text[i] : '_';
        });
}
