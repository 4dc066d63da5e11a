using LinkGateway.Core.Journal;
using LinkGateway.Testing.Journal;

namespace LinkGateway.Storage.Tests.Testing;

public sealed class InMemoryJournalTests : JournalContract
{
    protected override IJournal Journal { get; } = new InMemoryJournal();
}
