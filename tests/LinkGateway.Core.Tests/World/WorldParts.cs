using LinkGateway.Testing.Files;
using LinkGateway.Testing.Journal;
using LinkGateway.Testing.Time;

namespace LinkGateway.Core.Tests.World;

/// <summary>What a world stands on; hand in what shall outlive a restart, or be shared with another world.</summary>
sealed record WorldParts
{
    public ManualTime Time { get; init; } = new();

    public InMemoryJournal Journal { get; init; } = new();

    public RecordingFileSystem Spool { get; init; } = new();

    public RecordingFileSystem Files { get; init; } = new();

    public int Seed { get; init; } = 1;

    public int Cores { get; init; } = 2;
}
