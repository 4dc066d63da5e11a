using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Journal;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Inbox;

/// <summary>
/// The gateway dies after every single commit of a night, before or after whoever waited for it had its answer; then it starts again. The
/// receiver goes on from what it knows, and ends with the file once, and the gateway with one receipt for it.
/// </summary>
public class InboxCrashTests
{
    static readonly byte[] File = Bytes((2 * ChunkSize) + 1000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_after_any_commit_ends_in_one_delivery(bool answered)
    {
        var commit = 1;
        while (await DiesAsync(commit, answered)) commit++;
        Assert.True(commit > 8, $"only {commit} commits");
    }

    /// <summary>Lives through a night whose gateway dies at a commit.</summary>
    /// <returns>Whether it came so far that it died.</returns>
    static async Task<bool> DiesAsync(int commit, bool answered)
    {
        var parts = new WorldParts();
        var death = new Death(parts.Journal, commit, answered);
        var receiver = new Receiving();
        await using (var world = await StartAsync(parts))
        {
            await SubmitAsync(world, death);
            await Waiting.UntilAsync(
                async () =>
                {
                    await receiver.StepAsync(world);
                    return receiver.Confirmed || death.Came;
                },
                () => $"an end of the night before commit {commit}");
        }

        var died = death.Came;
        death.Leave();
        await using var again = await StartAsync(parts with { Seed = 2 });
        await SubmitAsync(again, death);
        await Waiting.UntilAsync(
            async () =>
            {
                await receiver.StepAsync(again);
                await again.RestAsync();
                again.Time.Advance(TimeSpan.FromSeconds(5));
                return receiver.Confirmed;
            },
            () => $"a confirmation after commit {commit}, answered {answered}");

        var receipts = await parts.Journal.ReceiptsAsync(Identity("a"), Never);
        Assert.True(receiver.Files == 1, $"commit {commit}: {receiver.Files} files");
        Assert.Single(receipts, receipt => receipt.Content.Kind == ReceiptKind.Delivered);
        Assert.Equal(DeliveryState.Delivered, (await again.DeliveryAsync(Identity("a"))).State);
        return died;
    }

    static Task<CoreWorld> StartAsync(WorldParts parts) => InboxWorld.StartAsync(parts);

    static async Task SubmitAsync(CoreWorld world, Death death)
    {
        try
        {
            await world.SubmitAsync(Manifest("a", File), File, chunkSize: ChunkSize);
        }
        catch (StorageException) when (death.Came)
        {
            // The sender has no answer, and sends it again to the one that starts next.
        }
    }

    /// <summary>Kills the journal at a commit, as seen by whoever waits for it.</summary>
    sealed class Death
    {
        readonly InMemoryJournal _journal;
        int _commits;

        public Death(InMemoryJournal journal, int commit, bool answered)
        {
            _journal = journal;
            journal.BeforeCommit = _ =>
            {
                if (Volatile.Read(ref _commits) >= commit) throw new StorageException(StorageFailure.Unavailable, "dead");
            };
            journal.AfterCommit = _ =>
            {
                if (Interlocked.Increment(ref _commits) < commit) return;
                Came = true;
                if (!answered) throw new StorageException(StorageFailure.Unavailable, "dead");
            };
        }

        public bool Came { get; private set; }

        public void Leave() => (_journal.BeforeCommit, _journal.AfterCommit) = (null, null);
    }

    /// <summary>A receiver that remembers its lease and what it stored.</summary>
    sealed class Receiving
    {
        string? _delivery;
        string? _lease;

        public int Files { get; private set; }

        public bool Confirmed { get; private set; }

        public async Task StepAsync(CoreWorld world)
        {
            _delivery ??= (await world.ListAsync()).Value?.Items is [var item, ..] ? item.DeliveryId : null;
            if (_delivery is null || Confirmed) return;
            if (Files == 0 && !await FetchAsync(world)) return;
            var answer = await world.ConfirmAsync(_delivery, _lease);
            Confirmed = answer.Succeeded;
            if (answer.Refusal?.Error == ErrorCatalogue.LeaseLost) Files = 0;
        }

        async Task<bool> FetchAsync(CoreWorld world)
        {
            var fetched = await world.FetchFileAsync(_delivery!, _lease);
            if (fetched.Refusal?.Error == ErrorCatalogue.LeaseLost) _lease = null;
            if (!fetched.Succeeded) return false;
            _lease = fetched.Value.Result.Lease;
            Assert.Equal(File, await fetched.ReadAsync());
            Files++;
            return true;
        }
    }
}
