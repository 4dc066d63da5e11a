using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Client.Batch;

/// <summary>
/// The bytes that a fetch brings, still on the wire: to be read once, forward, and disposed, which closes the connection where they were
/// not read to the end. One caller at a time.
/// </summary>
public sealed class FetchedContent : IAsyncDisposable
{
    readonly FetchExchange _exchange;
    readonly PipeReader _body;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long _read;
    bool _ended;

    FetchedContent(FetchExchange exchange, FetchResult result, PipeReader body)
    {
        (_exchange, Result, _body) = (exchange, result, body);
        exchange.Silence.Suspend();
    }

    /// <summary>What the gateway says of the bytes, and the lease.</summary>
    public FetchResult Result { get; }

    /// <summary>
    /// Reads on. The end is reported (0) only when the answer is whole and length and SHA-256 are those of <see cref="Result"/>: until then
    /// what was read proves nothing.
    /// </summary>
    /// <param name="buffer">Where the bytes go; not empty.</param>
    /// <param name="cancellationToken">Cancels the reading, as that of the call does.</param>
    /// <returns>The number of bytes read; 0 at the end.</returns>
    /// <exception cref="IOException">The answer broke off, stood still for too long, or the bytes are not those announced.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty) throw new ArgumentException("There is no room in the buffer.", nameof(buffer));
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _exchange.Silence.Token);
        try
        {
            return _ended ? 0 : await ReadCoreAsync(buffer, cancelled.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && _exchange.Silence.IsSilent)
        {
            throw new IOException(
                $"The answer stood still for longer than {nameof(BatchClientOptions.SilenceTimeout)} = {_exchange.SilenceTimeout}.");
        }
        catch (MimeFormatException e)
        {
            throw new IOException($"The answer broke off: {e.Message}", e);
        }
        finally
        {
            // What the caller does with the bytes is not the gateway's silence.
            _exchange.Silence.Suspend();
        }
    }

    /// <summary>Copies all bytes.</summary>
    /// <param name="destination">Where they go; not disposed.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    /// <exception cref="IOException">As of <see cref="ReadAsync"/>; what was written is of no use.</exception>
    public async ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            while (await ReadAsync(buffer, cancellationToken) is > 0 and var read)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Ends the exchange.</summary>
    /// <returns>A task that completes when the connection is given back or closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        _hash.Dispose();
    }

    /// <summary>Finds the bytes of an answer; null where they are not in it.</summary>
    internal static async ValueTask<FetchedContent?> OpenAsync(FetchExchange exchange, FetchResult result)
    {
        if (result.Data is { } data) return new FetchedContent(exchange, result, PipeReader.Create(new ReadOnlySequence<byte>(data)));
        var found = await exchange.Response!.Attachments.FindAsync(result.File!, exchange.Silence.Token);
        return found is null ? null : new FetchedContent(exchange, result, found.Body);
    }

    async ValueTask<int> ReadCoreAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            _exchange.Silence.Broken();
            var read = await _body.ReadAsync(cancellationToken);
            var piece = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, buffer.Length));
            piece.CopyTo(buffer.Span);
            var length = (int)piece.Length;
            _body.AdvanceTo(piece.End);
            if (length > 0)
            {
                _read += length;
                _hash.AppendData(buffer.Span[..length]);
                return length;
            }
            if (!read.IsCompleted) continue;
            await FinishAsync(cancellationToken);
            return 0;
        }
    }

    async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        // Without its closing boundary a message is a truncated one, whatever its last part looks like.
        await _exchange.Response!.Attachments.FinishAsync(cancellationToken);
        if (_read != Result.Length) throw new IOException($"{_read} bytes came, announced were {Result.Length}.");
        if (new Sha256Digest(_hash.GetHashAndReset()) != Result.Sha256)
            throw new IOException($"The bytes do not have the announced SHA-256 {Result.Sha256}.");
        _ended = true;
    }
}
