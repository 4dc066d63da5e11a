using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace LinkGateway.Storage.Sqlite;

/// <summary>A few connections for queries, which in WAL mode neither wait for the writer nor hold it up.</summary>
sealed class JournalReaders(string path, int count) : IAsyncDisposable
{
    readonly SemaphoreSlim _free = new(count);
    readonly ConcurrentBag<SqliteSession> _sessions = [];
    volatile bool _disposed;

    /// <summary>Runs a query on a free connection, on the caller's thread: what it reads lies in memory as a rule.</summary>
    public async ValueTask<T> QueryAsync<T>(Func<SqliteSession, T> query, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteJournal));
            if (!_sessions.TryTake(out var session)) session = Open();
            try
            {
                return query(session);
            }
            finally
            {
                _sessions.Add(session);
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.From(exception);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for running queries and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        for (var i = 0; i < count; i++) await _free.WaitAsync();
        foreach (var session in _sessions) session.Dispose();
        _free.Release(count);
    }

    SqliteSession Open()
    {
        var session = new SqliteSession(path);
        session.Script("PRAGMA query_only = 1;");
        return session;
    }
}
