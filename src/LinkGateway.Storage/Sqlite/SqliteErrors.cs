using LinkGateway.Core.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Turns what SQLite reports into <see cref="StorageException"/>.</summary>
static class SqliteErrors
{
    public static StorageException From(SqliteException exception)
    {
        var failure = exception.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => StorageFailure.Full,
            raw.SQLITE_READONLY or raw.SQLITE_PERM => StorageFailure.ReadOnly,
            _ => StorageFailure.Unavailable,
        };
        return new StorageException(failure, $"The journal cannot be used: {exception.Message}", exception) { IsJournal = true };
    }
}
