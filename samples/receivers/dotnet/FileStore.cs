using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;

namespace LinkGateway.Samples.FileReceiver;

/// <summary>
/// Files in a folder, each once: <c>KEY.part</c> while it comes, <c>KEY.data</c> when it is whole, and at last <c>KEY.json</c>, by which it
/// is stored. KEY is made of the identity, so that a file that is sent again is known again, also after a restart.
/// </summary>
sealed class FileStore
{
    const int RetryAfterSeconds = 5;

    readonly string _folder;
    readonly ConcurrentDictionary<string, FileTransfer> _transfers = new(StringComparer.Ordinal);

    public FileStore(string folder) => _folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>What is known of a file.</summary>
    public FileResult Find(TransferReference id)
    {
        var key = KeyOf(id);
        return Stored(key) ?? (TransferOf(key).Turn.CurrentCount == 0 ? Working() : Unknown());
    }

    /// <summary>Takes a whole file.</summary>
    public async ValueTask<FileResult> TakeAsync(
        SubmitFileRequest request, Func<ValueTask<Stream>> open, Func<ValueTask> finish, CancellationToken ct)
    {
        var key = KeyOf(request.Transfer);
        var turn = TransferOf(key).Turn;
        // Of two messages with the same file one is taken; the other waits for what becomes of it.
        if (!await turn.WaitAsync(0, ct)) return Working();
        try
        {
            if (Stored(key) is { } known) return known;
            await using var part = Part(key, FileMode.Create);
            var (size, sha256) = await CopyAsync(await open(), part, ct);
            // Without its last boundary the message is not whole, whatever came of it.
            await finish();
            var manifest = request.Manifest;
            if ((manifest.Size ?? size) != size || (manifest.Sha256 ?? sha256) != sha256)
                throw new FileException(ReceiverFault.Damaged, "The file does not have the size or the SHA-256 of its manifest.");
            part.Flush(flushToDisk: true);
            return Store(key, StoredFile.Of(request.Transfer, manifest.FileName, size, sha256, ReferenceOf(key)));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Opens or takes over a transfer in chunks.</summary>
    public FileResult Open(OpenTransferRequest request)
    {
        var key = KeyOf(request.Transfer);
        if (Stored(key) is { } known) return known;
        var chunkSize = request.ChunkSize ?? throw new FileException("chunkSize", "There is no chunk size.", theirFault: true);
        var transfer = TransferOf(key);
        lock (transfer)
        {
            var (attempt, held) = transfer.Open(chunkSize, request.Manifest.FileName);
            if (held.Count == 0) File.Delete(PathOf(key, "part"));
            return Unknown() with { Attempt = attempt, Held = held };
        }
    }

    /// <summary>Takes a chunk.</summary>
    public async ValueTask<PutChunkResult> PutAsync(
        PutChunkRequest request, Func<ValueTask<Stream>> open, Func<ValueTask> finish, CancellationToken ct)
    {
        var key = KeyOf(request.Transfer);
        var transfer = TransferOf(key);
        transfer.Check(request.Attempt);
        await using (var part = Part(key, FileMode.OpenOrCreate))
        {
            part.Position = request.Offset;
            var (size, sha256) = await CopyAsync(await open(), part, ct);
            await finish();
            if (size != request.Length || sha256 != request.Sha256)
                throw new FileException(ReceiverFault.Damaged, $"Chunk {request.Index} does not have its length or its SHA-256.");
            part.Flush(flushToDisk: true);
        }

        lock (transfer)
        {
            transfer.Check(request.Attempt);
            return new PutChunkResult { Index = request.Index, AlreadyHeld = !transfer.Add(request.Offset, request.Length) };
        }
    }

    /// <summary>Ends a transfer in chunks.</summary>
    public async ValueTask<FileResult> CommitAsync(CommitTransferRequest request, CancellationToken ct)
    {
        var key = KeyOf(request.Transfer);
        var transfer = TransferOf(key);
        if (!await transfer.Turn.WaitAsync(0, ct)) return Working();
        try
        {
            if (Stored(key) is { } known) return known;
            transfer.Check(request.Attempt);
            await using var part = Part(key, FileMode.OpenOrCreate);
            var (size, sha256) = await CopyAsync(part, Stream.Null, ct);
            if (size != request.Size || sha256 != request.Sha256)
                throw new FileException(ReceiverFault.Damaged, "The chunks do not make the file that was announced.");
            part.Flush(flushToDisk: true);
            return Store(key, StoredFile.Of(request.Transfer, transfer.FileName, size, sha256, ReferenceOf(key)));
        }
        finally
        {
            transfer.Turn.Release();
        }
    }

    FileResult Store(string key, StoredFile file)
    {
        File.Move(PathOf(key, "part"), PathOf(key, "data"), overwrite: true);
        using (var record = new FileStream(PathOf(key, "new"), FileMode.Create))
        {
            JsonSerializer.Serialize(record, file);
            record.Flush(flushToDisk: true);
        }

        File.Move(PathOf(key, "new"), PathOf(key, "json"), overwrite: true);
        return Stored(key)!;
    }

    FileResult? Stored(string key)
    {
        if (!File.Exists(PathOf(key, "json"))) return null;
        var file = JsonSerializer.Deserialize<StoredFile>(File.ReadAllBytes(PathOf(key, "json")))!;
        return new FileResult
        {
            Outcome = FileOutcome.Stored,
            Size = file.Size,
            Sha256 = Sha256Digest.TryParse(file.Sha256, out var sha256) ? sha256 : null,
            ReceiverReference = file.Reference,
        };
    }

    FileTransfer TransferOf(string key) => _transfers.GetOrAdd(key, static _ => new FileTransfer());

    FileStream Part(string key, FileMode mode) => new(PathOf(key, "part"), mode, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    string PathOf(string key, string extension) => Path.Combine(_folder, $"{key}.{extension}");

    static FileResult Unknown() => new() { Outcome = FileOutcome.Unknown };

    static FileResult Working() => Unknown() with { RetryAfterSeconds = RetryAfterSeconds };

    static string ReferenceOf(string key) => $"F-{key[..12]}";

    // The identity is never used as a path.
    static string KeyOf(TransferReference id)
    {
        var identity = JsonSerializer.Serialize((string?[])[id.Origin, id.TransferId, id.Receiver, $"{id.Replay}"]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
    }

    static async ValueTask<(long Size, Sha256Digest Sha256)> CopyAsync(Stream from, Stream to, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        long size = 0;
        while (await from.ReadAsync(buffer, ct) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            size += read;
        }

        return (size, new Sha256Digest(hash.GetHashAndReset()));
    }
}
