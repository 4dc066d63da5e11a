using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.LoadBench.Processes;
using LinkGateway.Storage.Sqlite;

namespace LinkGateway.LoadBench.Load;

/// <summary>Fills the journal of a gateway that does not run, as years of work would.</summary>
static class JournalRows
{
    /// <summary>Rows of one transfer: itself, its delivery, a receipt and two events.</summary>
    public const int PerTransfer = 5;

    const int TransfersPerCommit = 2000;
    const int ReceiptBytes = 3 << 10;

    /// <summary>Adds transfers.</summary>
    /// <param name="journalFile">The journal.</param>
    /// <param name="transfers">How many.</param>
    /// <param name="waiting">Whether their deliveries still wait, for one to two hours; else they are delivered.</param>
    public static async Task AddAsync(string journalFile, int transfers, bool waiting)
    {
        await using var journal = SqliteJournal.Open(new SqliteJournalOptions { Path = journalFile });
        var at = DateTimeOffset.UtcNow;
        foreach (var numbers in Enumerable.Range(0, transfers).Chunk(TransfersPerCommit))
        {
            var batch = new JournalBatch();
            foreach (var number in numbers) Add(batch, number, at, waiting);
            await journal.CommitAsync(batch, CancellationToken.None);
        }
    }

    static void Add(JournalBatch batch, int number, DateTimeOffset at, bool waiting)
    {
        var manifest = Envelopes.Manifest($"rows-{number:D8}", GatewayUnderTest.ToFolder, 4096);
        var identity = new TransferIdentity(manifest.Origin, manifest.TransferId, "", 0);
        var digest = Sha256Digest.Of(BitConverter.GetBytes(number));
        var transfer = new TransferRecord
        {
            Identity = identity,
            SubmittedBy = manifest.Origin,
            Manifest = manifest,
            ManifestDigest = ManifestDigest.Of(manifest),
            State = TransferState.Accepted,
            Attempt = 1,
            PayloadId = $"{Guid.NewGuid():N}",
            Inline = false,
            ChunkSize = 16 << 20,
            Size = 4096,
            Sha256 = digest,
            Root = digest,
            CreatedAt = at,
            AcceptedAt = at,
            ExpiresAt = at.AddDays(7),
        };
        var delivery = new DeliveryRecord
        {
            DeliveryId = $"{Guid.NewGuid():N}",
            Transfer = identity,
            PayloadId = transfer.PayloadId,
            Receiver = GatewayUnderTest.Receiver,
            InterfaceId = manifest.InterfaceId,
            Replay = 0,
            DestinationId = "folder",
            State = waiting ? DeliveryState.Waiting : DeliveryState.Delivered,
            Attempts = 1,
            NextAttemptAt = waiting ? at.AddHours(1).AddMilliseconds(number * 36) : null,
            CreatedAt = at,
            UpdatedAt = at,
        };
        batch.Transfers.Add(transfer);
        batch.Deliveries.Add(delivery);
        batch.Receipts.Add(Receipt(transfer, at));
        batch.Events.Add(new JournalEvent(at, identity, null, "", nameof(TransferState.Accepted), ""));
        batch.Events.Add(new JournalEvent(at, identity, delivery.DeliveryId, "", $"{delivery.State}", ""));
    }

    static ReceiptRecord Receipt(TransferRecord transfer, DateTimeOffset at) => new()
    {
        Transfer = transfer.Identity,
        SubmittedBy = transfer.SubmittedBy,
        Content = new ReceiptContent
        {
            ReceiptId = $"{Guid.NewGuid():N}",
            Kind = ReceiptKind.Accepted,
            Issuer = "gw-bench",
            Origin = transfer.Identity.Origin,
            TransferId = transfer.Identity.TransferId,
            Receiver = "",
            Replay = 0,
            ManifestDigest = transfer.ManifestDigest,
            Size = 4096,
            Sha256 = transfer.Sha256!.Value,
            ChunkSize = transfer.ChunkSize,
            Root = transfer.Root!.Value,
            Environment = transfer.Manifest.Environment,
            Attempt = 1,
            AcceptedAt = at,
        },
        Document = new byte[ReceiptBytes],
    };
}
