using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Transfers;

/// <summary>Storage fails at each step: the sender is told so, nothing is half accepted, and the same upload succeeds later.</summary>
public class StorageTroubleTests
{
    const int ChunkSize = WorldConfiguration.ChunkSize;

    [Theory]
    [InlineData(100)]
    [InlineData((2 * ChunkSize) + 1)]
    public Task A_submission_survives_a_journal_that_fails_at_any_commit(int size) => FailAtEveryStepAsync(
        Bytes(size), FailJournal, (world, file) => world.SubmitAsync(Manifest("a", file), file));

    [Fact]
    public Task A_submission_survives_a_spool_that_fails_at_any_operation() => FailAtEveryStepAsync(
        Bytes((2 * ChunkSize) + 1), FailSpool, (world, file) => world.SubmitAsync(Manifest("a", file), file));

    [Fact]
    public Task An_upload_in_chunks_survives_a_journal_that_fails_at_any_commit() => FailAtEveryStepAsync(
        Bytes((2 * ChunkSize) + 1), FailJournal, UploadAsync);

    [Fact]
    public Task An_upload_in_chunks_survives_a_spool_that_fails_at_any_operation() =>
        FailAtEveryStepAsync(Bytes((2 * ChunkSize) + 1), FailSpool, UploadAsync);

    [Theory]
    [InlineData(100)]
    [InlineData((2 * ChunkSize) + 1)]
    public Task A_submission_survives_any_commit_that_was_applied_though_it_seemed_to_fail(int size) => DoubtEveryCommitAsync(
        Bytes(size), (world, file) => world.SubmitAsync(Manifest("a", file), file));

    [Fact]
    public Task An_upload_in_chunks_survives_any_commit_that_was_applied_though_it_seemed_to_fail() =>
        DoubtEveryCommitAsync(Bytes((2 * ChunkSize) + 1), UploadAsync);

    [Fact]
    public async Task Openings_for_which_the_journal_has_no_room_leave_nothing_in_the_spool()
    {
        await using var world = new CoreWorld();
        world.Journal.BeforeCommit = _ => throw new StorageException(StorageFailure.Full, "no room");

        for (var again = 0; again < 3; again++)
            Assert.Equal(FaultSide.Gateway, (await world.OpenAsync(Manifest("a", Bytes((2 * ChunkSize) + 1)))).Refusal?.Side);

        Assert.Empty(world.Spool.Paths);
    }

    static async Task DoubtEveryCommitAsync(byte[] file, Func<CoreWorld, byte[], Task<Outcome<Contract.Messages.AcceptResult>>> upload)
    {
        var doubted = true;
        for (var doubtful = 0; doubted; doubtful++)
        {
            await using var world = new CoreWorld();
            var (step, at) = (0, doubtful);
            doubted = false;
            world.Journal.AfterCommit = _ =>
            {
                if (Interlocked.Increment(ref step) - 1 != at) return;
                doubted = true;
                throw new StorageException(StorageFailure.Unavailable, "told to");
            };

            var answer = await upload(world, file);
            if (doubted && !answer.Succeeded) answer = await upload(world, file);

            Assert.True(answer.Value?.State == "Accepted", $"step {at}: {answer.Refusal}");
            Assert.Equal(file, await world.StoredAsync(Identity("a")));
            Assert.Single(await world.Journal.ReceiptsAsync(Identity("a"), Never));
            Assert.InRange(doubtful, 0, 200);
        }
    }

    static void FailJournal(CoreWorld world, Action fail) => world.Journal.BeforeCommit = _ => fail();

    static void FailSpool(CoreWorld world, Action fail) => world.Spool.Fault = _ =>
    {
        fail();
        return null;
    };

    static async Task FailAtEveryStepAsync(
        byte[] file, Action<CoreWorld, Action> install, Func<CoreWorld, byte[], Task<Outcome<Contract.Messages.AcceptResult>>> upload)
    {
        var failed = true;
        for (var failing = 0; failed; failing++)
        {
            await using var world = new CoreWorld();
            var (step, at) = (0, failing);
            failed = false;
            install(world, () =>
            {
                if (Interlocked.Increment(ref step) - 1 != at) return;
                failed = true;
                throw new StorageException(StorageFailure.Full, "told to");
            });

            var answer = await upload(world, file);

            if (failed)
            {
                Assert.Equal("LG-5002", answer.Refusal?.Code);
                Assert.NotNull(answer.Refusal!.RetryAfter);
                var row = await world.Journal.FindTransferAsync(Identity("a"), Never);
                Assert.True(row?.State is null or TransferState.Open, $"step {at}");
                Assert.Empty(await world.Journal.ReceiptsAsync(Identity("a"), Never));
                answer = await upload(world, file);
            }

            Assert.True(answer.Value?.State == "Accepted", $"step {at}: {answer.Refusal}");
            Assert.Equal(file, await world.StoredAsync(Identity("a")));
            Assert.InRange(failing, 0, 200);
        }
    }

    static async Task<Outcome<Contract.Messages.AcceptResult>> UploadAsync(CoreWorld world, byte[] file)
    {
        var opened = await world.OpenAsync(Manifest("a", file));
        if (!opened.Succeeded) return opened.Refusal;
        for (var index = 0; index < ChunksOf(file); index++)
        {
            var put = await world.PutAsync("a", opened.Value.Attempt, index, file);
            if (!put.Succeeded) return put.Refusal;
        }

        return await world.CommitAsync("a", opened.Value.Attempt, file);
    }
}
