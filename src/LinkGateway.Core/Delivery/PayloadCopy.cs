using System.Security.Cryptography;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Copies a payload into a file, durably, and checks every chunk against its digest on the way: what the disk has changed is not delivered.
/// </summary>
sealed class PayloadCopy(CoreServices services, TransferService transfers, IFileSystem files)
{
    /// <summary>Copies; the file is new, whatever lay there before.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>Null when it is whole and durable; else why it may not be delivered.</returns>
    public async ValueTask<DeliveryOutcome?> RunAsync(DeliveryAttempt attempt, string path, CancellationToken cancellationToken)
    {
        var transfer = attempt.Transfer;
        var chunks = await services.Journal.ChunksAsync(transfer.PayloadId, cancellationToken);
        await files.DeleteAsync(path, cancellationToken);
        await using var reader = services.Bandwidth.Pace(
            await transfers.Payloads.OpenAsync(transfer, cancellationToken), transfer, attempt.Record, attempt.Destination.Id);
        var target = await files.CreateAsync(path, transfer.Size!.Value, cancellationToken);
        await using (target)
        {
            var buffer = PayloadBuffers.Rent();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            try
            {
                foreach (var chunk in chunks)
                {
                    var offset = chunk.Index * transfer.ChunkSize;
                    if (await CopyAsync(reader, target, offset, chunk.Length, buffer, hash, cancellationToken) != chunk.Sha256)
                        return Damaged(transfer, chunk.Index);
                    target.StartWriteBack(offset, chunk.Length);
                    attempt.Moved(chunk.Length);
                }
            }
            finally
            {
                PayloadBuffers.Return(buffer);
            }

            await target.FlushAsync(cancellationToken);
            return null;
        }
    }

    static async ValueTask<Sha256Digest> CopyAsync(
        IPayloadReader reader, IFileHandle target, long offset, long length, byte[] buffer, IncrementalHash hash,
        CancellationToken cancellationToken)
    {
        for (long done = 0; done < length;)
        {
            var wanted = (int)Math.Min(buffer.Length, length - done);
            var read = await reader.ReadAsync(offset + done, buffer.AsMemory(0, wanted), cancellationToken);
            if (read == 0) break;
            hash.AppendData(buffer.AsSpan(0, read));
            await target.WriteAsync(offset + done, buffer.AsMemory(0, read), cancellationToken);
            done += read;
        }

        return Finish(hash);
    }

    static Sha256Digest Finish(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        hash.GetHashAndReset(bytes);
        return new Sha256Digest(bytes);
    }

    /// <summary>The outcome where stored bytes are not what was accepted.</summary>
    public static DeliveryOutcome.Held Damaged(TransferRecord transfer, int chunk) => new(
        ErrorCatalogue.StorageTrouble.Code,
        $"chunk {chunk} of payload {transfer.PayloadId} no longer has its SHA-256: the stored bytes are damaged; have it sent again");
}
