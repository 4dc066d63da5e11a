using System.Buffers;
using System.Security.Cryptography;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Sending;

/// <summary>Sends a stream of unknown length, one chunk after the other, and commits at its end.</summary>
/// <remarks>
/// A pipe is read once: the chunk that is being sent is kept in memory so that it can be repeated, and nothing before it. So a broken
/// connection is survived, the end of this process is not.
/// </remarks>
sealed class PipeUpload(UploadSession session, Repeater repeater, ProgressMeter meter, FileSenderOptions options, Stream pipe) : IDisposable
{
    readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long _size;

    public async ValueTask<(ReceiptEntry? Receipt, SendStop? Stop)> RunAsync(CancellationToken cancellationToken)
    {
        var chunkSize = session.Opened.ChunkSize;
        if (chunkSize > options.PipeBufferLimit)
        {
            return (null, new SendStop(SendEnd.Refused,
                $"The gateway decided on chunks of {chunkSize} bytes, more than "
                + $"{nameof(FileSenderOptions.PipeBufferLimit)} = {options.PipeBufferLimit}."));
        }
        meter.Enter(SendPhase.Sending);
        if (await SendAllAsync((int)chunkSize, cancellationToken) is { } stop) return (null, stop);
        meter.Total = _size;
        meter.Enter(SendPhase.Committing);
        var digest = Digest(_whole);
        var answer = await session.CommitAsync(_size, digest, cancellationToken);
        if (!answer.Answered) return (null, SendStop.From(answer));
        return answer.Value.Receipt is { } receipt
            ? (receipt, SendStop.Judge(receipt, _size, digest))
            : (null, new SendStop(SendEnd.Refused, $"The transfer is {answer.Value.State} at the gateway; a pipe cannot be sent again."));
    }

    /// <summary>Size of what was read so far, in bytes.</summary>
    public long Size => _size;

    public void Dispose() => _whole.Dispose();

    async ValueTask<SendStop?> SendAllAsync(int chunkSize, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(chunkSize);
        try
        {
            for (var index = 0; ; index++)
            {
                var chunk = buffer.AsMemory(0, chunkSize);
                var length = await pipe.ReadAtLeastAsync(chunk, chunkSize, throwOnEndOfStream: false, cancellationToken);
                if (length == 0) return null;
                _whole.AppendData(buffer, 0, length);
                var request = session.Chunk(index, _size, length, Sha256Digest.Of(buffer.AsSpan(0, length)));
                var answer = await repeater.CallAsync(ct => PutAsync(request, chunk[..length], ct), cancellationToken);
                if (!answer.Answered) return SendStop.From(answer);
                _size += length;
                if (length < chunkSize) return null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    async ValueTask<BatchAnswer<PutChunkResult>> PutAsync(
        PutChunkRequest request, ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        var answer = await session.PutAsync(request, UploadContent.From(chunk), cancellationToken);
        if (answer.Answered) meter.Advance(chunk.Length);
        return answer;
    }

    static Sha256Digest Digest(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Size];
        hash.GetHashAndReset(digest);
        return new Sha256Digest(digest);
    }
}
