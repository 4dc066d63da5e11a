using System.Security.Cryptography;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Inbox;

/// <summary>
/// The bytes that a fetch hands out, read straight from the store as the network takes them, which renews the lease. They are checked
/// before the last of each chunk goes out: what the disk has changed breaks the answer off and holds the delivery. One caller at a time.
/// </summary>
public sealed class InboxContent : IAsyncDisposable
{
    readonly CoreServices _services;
    readonly InboxLeases _leases;
    readonly IPayloadReader _reader;
    readonly IReadOnlyList<InboxMark> _marks;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly string _deliveryId;
    DateTimeOffset _renewAt;
    int? _damaged;
    long? _position;
    int _mark;

    internal InboxContent(
        CoreServices services, InboxLeases leases, DeliveryRecord delivery, IPayloadReader reader, IReadOnlyList<InboxMark> marks)
    {
        (_services, _leases, _reader, _marks) = (services, leases, reader, marks);
        (_deliveryId, _renewAt) = (delivery.DeliveryId, leases.RenewalOf(delivery));
    }

    /// <summary>What is said of the bytes; it holds them itself when the request wanted data, and has no reference else.</summary>
    public required FetchResult Result { get; init; }

    /// <summary>The bytes themselves when the request wanted data; null when they are to be read.</summary>
    public byte[]? Data { get; private set; }

    /// <summary>Reads on; 0 only at the end.</summary>
    /// <exception cref="StorageException">The store cannot be read, its bytes are damaged, or the lease was lost.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var position = _position ?? Result.Offset;
        if (_mark == _marks.Count || buffer.IsEmpty || Result.Length == 0) return 0;
        if (_services.Now >= _renewAt) await RenewAsync(cancellationToken);
        var mark = _marks[_mark];
        var read = await _reader.ReadAsync(position, buffer[..(int)Math.Min(buffer.Length, mark.End - position)], cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        position += read;
        if (read == 0 || (position == mark.End && Finish(_hash) != mark.Sha256)) throw await DamageAsync(mark.Chunk, cancellationToken);
        if (position == mark.End) _mark++;
        _position = position;
        return read;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _hash.Dispose();
        return _reader.DisposeAsync();
    }

    /// <summary>Reads all bytes into <see cref="Data"/>; the refusal when they are damaged.</summary>
    internal async ValueTask<Refusal?> GatherAsync(CancellationToken cancellationToken)
    {
        var bytes = new byte[Result.Length];
        try
        {
            for (var length = 0; length < bytes.Length;) length += await ReadAsync(bytes.AsMemory(length), cancellationToken);
        }
        catch (StorageException) when (_damaged is not null)
        {
            return new Refusal(ErrorCatalogue.PayloadDamaged, $"{_damaged}");
        }

        Data = bytes;
        return null;
    }

    /// <summary>The digest of a range.</summary>
    internal static async ValueTask<Sha256Digest> HashAsync(
        IPayloadReader reader, long offset, long length, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = PayloadBuffers.Rent();
        try
        {
            for (long done = 0; done < length;)
            {
                var wanted = (int)Math.Min(buffer.Length, length - done);
                var read = await reader.ReadAsync(offset + done, buffer.AsMemory(0, wanted), cancellationToken);
                if (read == 0) throw new StorageException(StorageFailure.Unavailable, "A payload is shorter than its journal.");
                hash.AppendData(buffer.AsSpan(0, read));
                done += read;
            }

            return Finish(hash);
        }
        finally
        {
            PayloadBuffers.Return(buffer);
        }
    }

    async ValueTask RenewAsync(CancellationToken cancellationToken)
    {
        _renewAt = await _leases.RenewAsync(_deliveryId, Result.Lease, cancellationToken)
            ?? throw new StorageException(
                StorageFailure.Unavailable, $"The lease on delivery {_deliveryId} was lost while it was fetched.");
    }

    async ValueTask<StorageException> DamageAsync(int chunk, CancellationToken cancellationToken)
    {
        _damaged = chunk;
        await _leases.HoldAsync(_deliveryId, chunk, cancellationToken);
        return new StorageException(StorageFailure.Unavailable, $"The stored bytes of chunk {chunk} are damaged.");
    }

    static Sha256Digest Finish(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        hash.GetHashAndReset(bytes);
        return new Sha256Digest(bytes);
    }
}
