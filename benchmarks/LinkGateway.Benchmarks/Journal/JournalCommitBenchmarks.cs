using System.Text;
using BenchmarkDotNet.Attributes;
using LinkGateway.Benchmarks.Allocations;
using LinkGateway.Benchmarks.Messages;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Storage.Sqlite;

namespace LinkGateway.Benchmarks.Journal;

/// <summary>
/// What it costs to accept small files: one commit for each with transfer, delivery, payload of 4 KiB, receipt and events, and one flush of
/// the disk for all that come together. The figures are of a whole group, and include making the records. Wanted: the time of a group of
/// 64 a few times that of a single commit, and the same allocation for each commit of it.
/// </summary>
[MemoryDiagnoser]
[AllocationTolerance(3)]
public class JournalCommitBenchmarks
{
    static readonly byte[] Payload = new byte[4096];
    static readonly byte[] Document = Encoding.ASCII.GetBytes(new string('x', 2500));
    static readonly Sha256Digest Digest = Sha256Digest.Of(Payload);
    static readonly DateTimeOffset At = new(2026, 11, 22, 1, 2, 5, TimeSpan.FromHours(9));

    string _folder = "";
    SqliteJournal _journal = null!;
    Task[] _commits = [];
    int _number;

    /// <summary>Commits that wait at the same time.</summary>
    [Params(1, 16, 64)]
    public int Group { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("linkgateway-benchmark-").FullName;
        _journal = SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(_folder, "journal.db") });
        _commits = new Task[Group];
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _journal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public async Task<int> Commit()
    {
        for (var i = 0; i < _commits.Length; i++)
            _commits[i] = _journal.CommitAsync(Batch(_number++), CancellationToken.None).AsTask();
        await Task.WhenAll(_commits);
        return _number;
    }

    static JournalBatch Batch(int number)
    {
        var id = number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
        var identity = new TransferIdentity("142051-kaoku", id, "", 0);
        var batch = new JournalBatch();
        batch.Transfers.Add(new TransferRecord
        {
            Identity = identity,
            SubmittedBy = identity.Origin,
            Manifest = SubmitMessages.Request(id).Manifest,
            ManifestDigest = Digest,
            State = TransferState.Accepted,
            Attempt = 1,
            PayloadId = id,
            Inline = true,
            ChunkSize = 65_536,
            Size = Payload.Length,
            Sha256 = Digest,
            Root = Digest,
            EntryReceipt = Document,
            CreatedAt = At,
            FirstByteAt = At,
            LastByteAt = At,
            AcceptedAt = At,
            ExpiresAt = At.AddDays(7),
        });
        batch.Deliveries.Add(new DeliveryRecord
        {
            DeliveryId = id,
            Transfer = identity,
            PayloadId = id,
            Receiver = "142051-akiya",
            InterfaceId = batch.Transfers[0].Manifest.InterfaceId,
            Replay = 0,
            DestinationId = "folder",
            State = DeliveryState.Waiting,
            Attempts = 0,
            NextAttemptAt = At,
            CreatedAt = At,
            UpdatedAt = At,
        });
        batch.Chunks.Add((id, new ChunkRecord(0, Payload.Length, Digest)));
        batch.InlinePayloads.Add((id, Payload));
        batch.Receipts.Add(new ReceiptRecord
        {
            Transfer = identity,
            SubmittedBy = identity.Origin,
            Document = Document,
            Content = new ReceiptContent
            {
                ReceiptId = id,
                Kind = ReceiptKind.Accepted,
                Issuer = "gw-fujisawa",
                Origin = identity.Origin,
                TransferId = id,
                Receiver = "",
                Replay = 0,
                ManifestDigest = Digest,
                Size = Payload.Length,
                Sha256 = Digest,
                ChunkSize = 65_536,
                Root = Digest,
                Environment = "production",
                Attempt = 1,
                AcceptedAt = At,
            },
        });
        batch.Events.Add(new JournalEvent(At, identity, null, "", nameof(TransferState.Open), "attempt 1"));
        batch.Events.Add(new JournalEvent(
            At, identity, null, nameof(TransferState.Open), nameof(TransferState.Accepted), ""));
        return batch;
    }
}
