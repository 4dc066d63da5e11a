using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Transfers;

public class CommitTransferTests
{
    readonly CoreWorld _world = new();

    [Fact]
    public async Task The_size_need_not_be_known_before_the_commit()
    {
        var file = Bytes((2 * ChunkSize) + 10);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 2, file);
        await _world.PutAsync("a", attempt, 0, file);

        var early = await _world.CommitAsync("a", attempt, file);
        await _world.PutAsync("a", attempt, 1, file);

        Assert.Equal("Open", early.Value?.State);
        Assert.Equal([new ByteRange(ChunkSize, ChunkSize)], early.Value!.Missing);
        Assert.Equal("LG-2007", (await _world.CommitAsync("a", attempt, file[..^1])).Refusal?.Code);
        Assert.Equal("LG-2007", (await _world.CommitAsync("a", attempt, [.. file, 0])).Refusal?.Code);
        Assert.Equal("Accepted", (await _world.CommitAsync("a", attempt, file)).Value?.State);
    }

    [Fact]
    public async Task A_commit_states_the_tail_that_is_missing()
    {
        var file = Bytes(5 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 1, file);

        var answer = await _world.CommitAsync("a", attempt, file);

        Assert.Equal([new ByteRange(0, ChunkSize), new ByteRange(2 * ChunkSize, 3 * ChunkSize)], answer.Value!.Missing);
    }

    [Theory]
    [InlineData((64L * ChunkSize) + 1)]
    [InlineData(long.MaxValue)]
    public async Task A_commit_of_more_than_the_chunks_allowed_is_refused(long size)
    {
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        var request = new CommitTransferRequest { Transfer = Reference("a"), Attempt = attempt, Size = size, Sha256 = default };

        var refused = await _world.Transfers.CommitTransferAsync(Origin, request, Never).AsTask().WaitAsync(TimeSpan.FromMinutes(3));

        Assert.Equal("LG-2012", refused.Refusal?.Code);
    }

    [Fact]
    public async Task What_the_manifest_binds_the_commit_must_state()
    {
        var file = Bytes(ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a", file) with { RecordCount = 3 })).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);
        var right = new CommitTransferRequest
        {
            Transfer = Reference("a"),
            Attempt = attempt,
            Size = ChunkSize,
            Sha256 = Sha256Digest.Of(file),
        };

        Assert.Equal("LG-2007", (await CommitAsync(right with { Size = ChunkSize - 1 })).Refusal?.Code);
        Assert.Equal("LG-2008", (await CommitAsync(right with { Sha256 = default })).Refusal?.Code);
        Assert.Equal("LG-1003", (await CommitAsync(right with { RecordCount = 4 })).Refusal?.Code);
        Assert.Equal("LG-1003", (await CommitAsync(right with { Size = -1 })).Refusal?.Code);
        Assert.Equal("Accepted", (await CommitAsync(right with { RecordCount = 3 })).Value?.State);
    }

    [Fact]
    public async Task A_commit_can_be_repeated()
    {
        var file = Bytes(ChunkSize + 1);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);
        await _world.PutAsync("a", attempt, 1, file);
        var first = await _world.CommitAsync("a", attempt, file);

        var again = await _world.CommitAsync("a", attempt, file);
        var opened = await _world.OpenAsync(Manifest("a"));

        Assert.Equal(first.Value!.Receipt!.ReceiptDocument, again.Value?.Receipt?.ReceiptDocument);
        Assert.Equal("Accepted", opened.Value?.State);
        Assert.Equal(first.Value.Receipt.ReceiptDocument, opened.Value!.Receipt?.ReceiptDocument);
        Assert.Equal([new ByteRange(0, file.Length)], opened.Value.Held);
        Assert.Equal("LG-2002", (await _world.CommitAsync("a", attempt, file[..^1])).Refusal?.Code);
    }

    [Fact]
    public async Task Chunks_that_are_not_the_file_together_reject_it_and_free_its_id()
    {
        var file = Bytes(3 * ChunkSize);
        var other = Bytes(3 * ChunkSize, seed: 2);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        for (var index = 0; index < 3; index++) await _world.PutAsync("a", attempt, index, index == 1 ? other : file);
        var payload = (await _world.RowAsync(Identity("a"))).PayloadId;

        Assert.Equal("LG-2008", (await _world.CommitAsync("a", attempt, file)).Refusal?.Code);

        var status = await _world.StatusAsync("a");
        Assert.Equal(("Rejected", "LG-2008"), (status.State, status.ReasonCode));
        Assert.Equal(DeliveryState.Cancelled.ToString(), Assert.Single(status.Deliveries).State);
        Assert.DoesNotContain(_world.Spool.Paths, path => path.Contains(payload, StringComparison.Ordinal));
        Assert.Equal("LG-2009", (await _world.PutAsync("a", attempt, 0, file)).Refusal?.Code);
        Assert.Equal("LG-2009", (await _world.CommitAsync("a", attempt, file)).Refusal?.Code);
        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("a") with { FileName = "new.csv" }, file)).Value?.State);
    }

    [Fact]
    public async Task What_takes_long_to_verify_is_asked_for_again()
    {
        var file = Bytes(3 * ChunkSize);
        var goOn = new TaskCompletionSource();
        _world.Store.BeforeRead = (_, _) => new ValueTask(goOn.Task);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        for (var index = 0; index < 3; index++) await _world.PutAsync("a", attempt, index, file);

        var commit = _world.CommitAsync("a", attempt, file);
        await Waiting.UntilAsync(() => _world.Time.Waiting > 0, "patience");
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        var verifying = await commit;

        Assert.Equal("Verifying", verifying.Value?.State);
        Assert.InRange(verifying.Value!.RetryAfterSeconds!.Value, 1, 600);
        Assert.Equal("Verifying", (await _world.StatusAsync("a")).State);
        goOn.SetResult();
        Assert.Equal("Accepted", (await _world.CommitAsync("a", attempt, file)).Value?.State);
        Assert.Equal(
            ["Open", "Verifying", "Accepted"],
            (await _world.Journal.EventsAsync(Identity("a"), Never)).Where(e => e.DeliveryId is null).Select(e => e.To));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_back_leaves_the_transfer_verifying()
    {
        var file = Bytes(3 * ChunkSize);
        var reads = 0;
        var broken = true;
        _world.Store.BeforeRead = (_, _) =>
            Volatile.Read(ref broken) && Interlocked.Increment(ref reads) > 0
                ? throw new StorageException(StorageFailure.Unavailable, "told to")
                : default;
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        for (var index = 0; index < 3; index++) await _world.PutAsync("a", attempt, index, file);

        var commit = await _world.CommitAsync("a", attempt, file);

        Assert.Equal("Verifying", commit.Value?.State);
        Assert.InRange(reads, 1, 10);
        Volatile.Write(ref broken, false);
        Assert.Equal("Accepted", (await _world.CommitAsync("a", attempt, file)).Value?.State);
    }

    async Task<Contract.Errors.Outcome<AcceptResult>> CommitAsync(CommitTransferRequest request) =>
        await _world.Transfers.CommitTransferAsync(Origin, request, Never);
}
