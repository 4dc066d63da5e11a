using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using LinkGateway.Contract.Archives;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Statements;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Writes what the journal is to forget into archive files (<see cref="ArchiveReader"/> describes them), each closed by a signed statement.
/// Both are durable before a row goes, so a crash leaves a transfer in two places at most.
/// </summary>
sealed class JournalArchive(CoreServices services, RetentionRecords records, StatementBook statements)
{
    static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>Writes the transfers into the next file, and enters in the batch that they are there.</summary>
    /// <returns>Name of the file, from the folder of the archives.</returns>
    public async ValueTask<string> WriteAsync(
        IReadOnlyList<TransferRecord> transfers, JournalBatch batch, CancellationToken cancellationToken)
    {
        var number = await statements.NextAsync(cancellationToken);
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{services.Now:yyyy-MM}/journal-{number:D9}{ArchiveReader.Extension}");
        var bytes = await CompressAsync(number, transfers, cancellationToken);
        var path = Path.Combine([records.Journal, .. name.Split('/')]);
        await records.Files.CreateDirectoryAsync(Path.GetDirectoryName(path)!, cancellationToken);
        await records.Files.WriteWholeAsync(path, bytes, cancellationToken);
        var entry = new StatementEntry
        {
            What = "file",
            Name = name,
            Size = bytes.Length,
            Sha256 = Sha256Digest.Of(bytes),
            Count = transfers.Count,
        };
        await statements.WriteAsync(StatementKinds.Archive, [entry], batch, cancellationToken);
        foreach (var transfer in transfers) batch.Archived.Add((transfer.Identity, name));
        return name;
    }

    async ValueTask<byte[]> CompressAsync(long number, IReadOnlyList<TransferRecord> transfers, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var compressed = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            var header = new ArchiveHeader
            {
                Format = ArchiveHeader.FormatName,
                Version = 1,
                Gateway = services.Configuration.Current.Configuration.Gateway.Id,
                Statement = number,
                At = services.Now,
            };
            compressed.Write(JsonSerializer.SerializeToUtf8Bytes(header, ArchiveJson.Default.ArchiveHeader));
            compressed.Write(LineEnd);
            foreach (var transfer in transfers)
            {
                var archived = await GatherAsync(transfer, cancellationToken);
                compressed.Write(JsonSerializer.SerializeToUtf8Bytes(archived, ArchiveJson.Default.ArchivedTransfer));
                compressed.Write(LineEnd);
            }
        }

        return buffer.ToArray();
    }

    async ValueTask<ArchivedTransfer> GatherAsync(TransferRecord transfer, CancellationToken cancellationToken)
    {
        var deliveries = await services.Journal.DeliveriesAsync(transfer.Identity, cancellationToken);
        var snapshot = services.Configuration.Current;
        var orders = new List<OperatorOrderRecord>();
        foreach (var delivery in deliveries) orders.AddRange(await services.Journal.OrdersOfAsync(delivery.DeliveryId, cancellationToken));
        return new ArchivedTransfer
        {
            Origin = transfer.Identity.Origin,
            TransferId = transfer.Identity.TransferId,
            Receiver = transfer.Identity.Receiver,
            Replay = transfer.Identity.Replay,
            SubmittedBy = transfer.SubmittedBy,
            Manifest = transfer.Manifest,
            ManifestDigest = $"{transfer.ManifestDigest}",
            State = $"{transfer.State}",
            Hops = transfer.Hops,
            Size = transfer.Size,
            Sha256 = transfer.Sha256?.ToString(),
            Root = transfer.Root?.ToString(),
            ChunkSize = transfer.ChunkSize,
            RecordCount = transfer.RecordCount,
            CreatedAt = transfer.CreatedAt,
            AcceptedAt = transfer.AcceptedAt,
            Reason = $"{transfer.ReasonCode} {transfer.ReasonText}".Trim() is { Length: > 0 } reason ? reason : null,
            PayloadRemovedAt = transfer.PayloadRemovedAt,
            PayloadRule = transfer.PayloadRule,
            Deliveries = [.. deliveries.Select(delivery => OperatorViews.Of(delivery, transfer, snapshot))],
            Events = [.. (await services.Journal.EventsAsync(transfer.Identity, cancellationToken)).Select(OperatorViews.Of)],
            Receipts = [.. (await services.Journal.ReceiptsAsync(transfer.Identity, cancellationToken)).Select(Of)],
            Orders = [.. orders.Select(OperatorViews.Of)],
        };
    }

    static ArchivedReceipt Of(ReceiptRecord receipt) => new()
    {
        ReceiptId = receipt.Content.ReceiptId,
        Kind = $"{receipt.Content.Kind}".ToLowerInvariant(),
        Issuer = receipt.Content.Issuer,
        DeliveryId = receipt.DeliveryId,
        Document = receipt.Document.ToArray(),
    };
}
