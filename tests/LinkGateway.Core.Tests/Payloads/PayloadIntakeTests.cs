using LinkGateway.Contract.Identity;
using LinkGateway.Core.Files;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Payloads;

public class PayloadIntakeTests
{
    const int Block = 256 << 10;
    const int Small = 64 << 10;
    const int Large = 1 << 20;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly TestScheduler _scheduler = new(TimeProvider.System);

    public static TheoryData<int, int, bool> Sizes()
    {
        TheoryData<int, int, bool> sizes = [];
        foreach (var chunk in (int[])[Small, Large])
        {
            foreach (var edge in (int[])[0, Small, Block, Large, 2 * Large])
            {
                foreach (var size in (int[])[edge - 1, edge, edge + 1])
                {
                    if (size < 0) continue;
                    sizes.Add(size, chunk, true);
                    sizes.Add(size, chunk, false);
                }
            }
        }

        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Chunks_and_digests_are_those_of_the_slices(int size, int chunkSize, bool staged)
    {
        var file = Bytes(size);
        var recorder = new IntakeRecorder();
        await using var intake = Intake(recorder, staged, chunkSize);
        var random = new Random(size);

        Assert.True(await intake.AppendAllAsync(Source(file, () => random.Next(1, 200_000)), long.MaxValue));
        var result = await intake.CompleteAsync();

        Assert.Equal((size, Sha256Digest.Of(file)), (result.Length, result.Sha256));
        Assert.Equal(ChunksOf(file, chunkSize), recorder.Ended.Count);
        foreach (var (ended, index) in recorder.Ended.OrderBy(ended => ended.Index).Select((ended, index) => (ended, index)))
        {
            var slice = Slice(file, index, chunkSize);
            Assert.Equal((index, slice.Length, Sha256Digest.Of(slice.Span)), ended);
            Assert.Equal(slice.ToArray(), recorder.Written[index].ToArray());
        }
    }

    [Fact]
    public async Task Any_pieces_give_the_same()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var file = Bytes(random.Next(0, 400_000), seed);
            var longest = 1 << random.Next(8, 19);
            var recorder = new IntakeRecorder();
            await using var intake = Intake(recorder, staged: seed % 2 == 0, Small);

            await intake.AppendAllAsync(Source(file, () => random.Next(1, longest)), long.MaxValue);
            var result = await intake.CompleteAsync();

            Assert.True(Sha256Digest.Of(file) == result.Sha256, $"seed {seed}");
            var written = recorder.Written.OrderBy(chunk => chunk.Key).SelectMany(chunk => chunk.Value.ToArray());
            Assert.True(file.SequenceEqual(written), $"seed {seed}");
        }
    }

    [Fact]
    public async Task It_may_begin_at_any_chunk_and_leave_the_whole_unhashed()
    {
        var file = Bytes(Small + 5);
        var recorder = new IntakeRecorder();
        await using var intake = new PayloadIntake(recorder, _scheduler, staged: true, firstIndex: 7, Small, hashWhole: false, Never);

        await intake.AppendAsync(file);
        var result = await intake.CompleteAsync();

        Assert.Null(result.Sha256);
        Assert.Equal([7, 8], recorder.Ended.Select(ended => ended.Index).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_the_limit_is_not_taken(bool staged)
    {
        var file = Bytes(Small + 2);
        await using var intake = Intake(new IntakeRecorder(), staged, Small);

        Assert.False(await intake.AppendAllAsync(Source(file, () => 1000), Small + 1));

        await using var exact = Intake(new IntakeRecorder(), staged, Small);
        Assert.True(await exact.AppendAllAsync(Source(file, () => 1000), Small + 2));
    }

    public static TheoryData<string, int, int, bool> Failures()
    {
        TheoryData<string, int, int, bool> failures = [];
        foreach (var step in (string[])["begin", "write", "end", "source"])
        {
            foreach (var chunk in (int[])[0, 1, 2, 5])
            {
                foreach (var chunkSize in (int[])[Small, Large])
                {
                    failures.Add(step, chunk, chunkSize, true);
                    failures.Add(step, chunk, chunkSize, false);
                }
            }
        }

        return failures;
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_surfaces_and_everything_ends(string step, int chunk, int chunkSize, bool staged)
    {
        var file = Bytes(6 * chunkSize);
        var fail = FailAt(chunk);
        var recorder = new IntakeRecorder
        {
            Begin = step == "begin" ? fail : Pass,
            Write = step == "write" ? fail : Pass,
            End = step == "end" ? fail : Pass,
        };
        var body = new TestBody(file) { BreakAt = step == "source" ? (chunk * chunkSize) + 10 : null, Piece = () => 100_000 };
        var intake = Intake(recorder, staged, chunkSize);

        var failure = await Record.ExceptionAsync(() => TakeInAsync(intake, body).WaitAsync(Patience));
        await intake.DisposeAsync().AsTask().WaitAsync(Patience);

        Assert.NotNull(failure);
        if (step == "source") Assert.IsType<Core.Transfers.UploadException>(failure);
        else Assert.Equal(StorageFailure.Full, Assert.IsType<StorageException>(failure).Failure);
        await Waiting.UntilAsync(() => _scheduler.Running == 0, "rest");

        // Several chunks are ended at once: those that were received before the failed end was noticed may have ended too.
        if (step == "end") Assert.DoesNotContain(recorder.Ended, ended => ended.Index == chunk);
        else Assert.DoesNotContain(recorder.Ended, ended => ended.Index > chunk || (ended.Index == chunk && step != "source"));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task A_write_that_fails_late_does_not_leave_the_receiver_waiting(int chunkSize)
    {
        // The receiver is ahead: it waits for the first chunk to be sealed, whose write fails only then.
        var fail = new TaskCompletionSource();
        var recorder = new IntakeRecorder { Write = _ => fail.Task };
        var intake = Intake(recorder, staged: true, chunkSize);
        var taking = TakeInAsync(intake, new TestBody(Bytes(6 * chunkSize)) { Piece = () => chunkSize });
        await Waiting.UntilAsync(() => intake.Length >= Math.Min(2 * chunkSize, 3 * Block), "a receiver that is ahead");

        fail.SetException(new StorageException(StorageFailure.Full, "told to"));

        await Assert.ThrowsAsync<StorageException>(() => taking.WaitAsync(Patience));
        await intake.DisposeAsync().AsTask().WaitAsync(Patience);
        await Waiting.UntilAsync(() => _scheduler.Running == 0, "rest");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_upload_ends(bool staged)
    {
        using var gone = new CancellationTokenSource();
        var intake = new PayloadIntake(new IntakeRecorder(), _scheduler, staged, 0, Small, hashWhole: true, gone.Token);
        var body = new TestBody(Bytes(3 * Small)) { HangAt = 2 * Small };
        var taking = TakeInAsync(intake, body);
        await body.Hanging;

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking.WaitAsync(Patience));
        await intake.DisposeAsync().AsTask().WaitAsync(Patience);
        await Waiting.UntilAsync(() => _scheduler.Running == 0, "rest");
    }

    [Fact]
    public async Task Failures_of_one_upload_do_not_reach_the_bytes_of_another()
    {
        // A block given back twice would be shared by two uploads: whoever fails here would spoil the other's bytes.
        var file = Bytes(8 * Small);
        for (var round = 0; round < 20; round++)
        {
            var good = new IntakeRecorder();
            await using var intake = Intake(good, staged: true, Small);
            var failing = Enumerable.Range(0, 4).Select(async number =>
            {
                var recorder = new IntakeRecorder { Write = FailAt(number), End = FailAt(number + 1) };
                var bad = Intake(recorder, staged: number % 2 == 0, Small);
                await Record.ExceptionAsync(() => TakeInAsync(bad, new TestBody(Bytes(8 * Small, seed: 9))));
                await bad.DisposeAsync();
            });
            await Task.WhenAll([TakeInAsync(intake, new TestBody(file)), .. failing]).WaitAsync(Patience);

            Assert.All(Enumerable.Range(0, 8), index => Assert.Equal(Slice(file, index).ToArray(), good.Written[index].ToArray()));
        }
    }

    static Task Pass(int chunk) => Task.CompletedTask;

    static Func<int, Task> FailAt(int failing) =>
        chunk => chunk == failing ? throw new StorageException(StorageFailure.Full, "told to") : Task.CompletedTask;

    static PieceReader Source(byte[] file, Func<int> piece) => new PieceReader(file, piece, null, _ => default);

    PayloadIntake Intake(IntakeRecorder recorder, bool staged, long chunkSize) =>
        new(recorder, _scheduler, staged, firstIndex: 0, chunkSize, hashWhole: true, Never);

    static async Task<IntakeResult> TakeInAsync(PayloadIntake intake, TestBody body)
    {
        await intake.AppendAllAsync((await body.OpenAsync(Never))!, long.MaxValue);
        return await intake.CompleteAsync();
    }
}
