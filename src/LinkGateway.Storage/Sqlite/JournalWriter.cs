using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace LinkGateway.Storage.Sqlite;

/// <summary>
/// The only writer of the journal: a thread of its own that takes all changes that wait, applies them in one transaction and so pays one
/// flush for all of them (group commit). While it flushes, the next group gathers.
/// </summary>
sealed class JournalWriter : IAsyncDisposable
{
    // SQLite's own checkpoint runs inside the commit that fills the log (by default every 1000 pages) and makes that commit wait for two
    // more flushes. It is turned off; the log is folded in when nobody waits, or at the latest at 64 MiB (in pages of 4 KiB), where reading
    // through the log would begin to cost more.
    const int PagesWorthFoldingIn = 1_000;
    const int PagesAtMost = 16_384;

    readonly SqliteSession _session;
    readonly int _groupLimit;
    readonly BlockingCollection<JournalChange> _queue = [];
    readonly SemaphoreSlim _places;
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<JournalChange> _group = [];
    int _pagesInLog;

    /// <summary>Starts the writer, which owns the session from now on.</summary>
    public JournalWriter(SqliteSession session, int queueLimit, int groupLimit)
    {
        _session = session;
        _groupLimit = groupLimit;
        _places = new SemaphoreSlim(queueLimit);
        session.Script("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
        new Thread(Run) { Name = "journal writer", IsBackground = true }.Start();
    }

    /// <summary>Makes a change durable. Cancelling ends the wait for a place in the queue; a queued change is applied.</summary>
    public async ValueTask CommitAsync(JournalChange change, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            _queue.Add(change, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteJournal));
        }

        await change.Done;
    }

    /// <summary>Applies what is queued, folds the log in and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _ended.Task;
    }

    void Run()
    {
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            _group.Add(first);
            while (_group.Count < _groupLimit && _queue.TryTake(out var further)) _group.Add(further);
            _places.Release(_group.Count);

            var failure = CommitGroup();
            foreach (var change in _group) change.Complete(failure);
            _group.Clear();
            FoldLogIn();
        }

        _session.Dispose();
        _ended.SetResult();
    }

    /// <summary>Applies the group in one transaction; returns why none of it is durable, or null.</summary>
    Exception? CommitGroup()
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var change in _group) ApplyAlone(change);
            _session.Execute("COMMIT");
            return null;
        }
        catch (Exception exception)
        {
            Rollback();
            return exception is SqliteException failure ? SqliteErrors.From(failure) : exception;
        }
    }

    /// <summary>Applies one change so that its failure undoes it and nothing else.</summary>
    void ApplyAlone(JournalChange change)
    {
        _session.Execute("SAVEPOINT change");
        try
        {
            change.Apply(_session);
        }
        catch (Exception exception) when (_session.InTransaction)
        {
            _session.Execute("ROLLBACK TO change");
            change.Refusal = exception is SqliteException failure ? SqliteErrors.From(failure) : exception;
        }

        _session.Execute("RELEASE change");
    }

    void Rollback()
    {
        try
        {
            if (_session.InTransaction) _session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself; the callers get the first failure.
        }
    }

    void FoldLogIn()
    {
        _pagesInLog += _session.TakePagesWritten();
        if (_pagesInLog < PagesWorthFoldingIn || (_queue.Count > 0 && _pagesInLog < PagesAtMost)) return;
        try
        {
            _session.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException)
        {
            // What was committed is safe in the log; the next round tries again, and a medium that stays broken fails the commits.
        }

        _session.TakePagesWritten();
        _pagesInLog = 0;
    }
}
