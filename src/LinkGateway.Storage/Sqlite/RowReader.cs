using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;
using Microsoft.Data.Sqlite;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Makes a record of the row at which the reader stands.</summary>
delegate T RowMapper<out T>(ref RowReader row);

/// <summary>Reads the columns of a row from left to right.</summary>
struct RowReader(SqliteDataReader reader)
{
    int _next;

    public string Text() => reader.GetString(_next++);

    public string? TextOrNull() => IsNull() ? null : Text();

    public long Number() => reader.GetInt64(_next++);

    public long? NumberOrNull() => IsNull() ? null : Number();

    public int Small() => reader.GetInt32(_next++);

    public bool Flag() => Number() != 0;

    public T State<T>()
        where T : struct, Enum => Enum.Parse<T>(Text());

    public DateTimeOffset At() => Instant.Parse(Text());

    public DateTimeOffset? AtOrNull() => IsNull() ? null : At();

    public ReadOnlyMemory<byte> Bytes() => reader.GetFieldValue<byte[]>(_next++);

    // The cast matters: a bare null would become an empty memory.
    public ReadOnlyMemory<byte>? BytesOrNull() => IsNull() ? (ReadOnlyMemory<byte>?)null : Bytes();

    public Sha256Digest Digest() => new(Bytes().Span);

    public Sha256Digest? DigestOrNull() => IsNull() ? null : Digest();

    public Lane Lane() => new(Text(), Text(), Text(), Text(), Flag());

    public TransferIdentity Identity() => new(Text(), Text(), Text(), Small());

    bool IsNull()
    {
        if (!reader.IsDBNull(_next)) return false;
        _next++;
        return true;
    }
}
