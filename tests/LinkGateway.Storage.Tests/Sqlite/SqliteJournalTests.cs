using LinkGateway.Core.Journal;
using LinkGateway.Storage.Sqlite;
using LinkGateway.Testing.Journal;

namespace LinkGateway.Storage.Tests.Sqlite;

public sealed class SqliteJournalTests : JournalContract, IAsyncLifetime, IDisposable
{
    readonly TempFolder _folder = new();
    readonly SqliteJournal _journal;

    public SqliteJournalTests() => _journal = SqliteJournal.Open(new SqliteJournalOptions { Path = _folder.File("journal.db") });

    protected override IJournal Journal => _journal;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _journal.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}
