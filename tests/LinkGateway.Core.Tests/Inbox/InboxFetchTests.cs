using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Inbox;

/// <summary>The bytes that are fetched, and the lease under which they are.</summary>
public class InboxFetchTests
{
    static readonly byte[] File = Bytes((3 * ChunkSize) + 1000);

    [Fact]
    public async Task A_whole_file_comes_with_its_digest()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);

        var fetched = await world.FetchFileAsync(delivery.DeliveryId);

        Assert.Equal(
            (0, File.Length, Sha256Digest.Of(File)),
            (fetched.Value!.Result.Offset, fetched.Value.Result.Length, fetched.Value.Result.Sha256));
        Assert.Equal(File, await fetched.ReadAsync());
    }

    [Theory]
    [InlineData(0, ChunkSize)]
    [InlineData(ChunkSize, ChunkSize)]
    [InlineData(ChunkSize, 2 * ChunkSize)]
    [InlineData(3 * ChunkSize, ChunkSize)]
    [InlineData(0, 1)]
    [InlineData(ChunkSize - 1, 2)]
    [InlineData(17, ChunkSize)]
    [InlineData(3 * ChunkSize + 999, 100)]
    [InlineData(0, 256 << 20)]
    public async Task Any_range_comes_as_attachment_or_data(long offset, long length)
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var expected = File.AsSpan((int)offset, (int)Math.Min(length, File.Length - offset)).ToArray();

        var fetched = await world.FetchAsync(delivery.DeliveryId, null, offset, length);
        var result = fetched.Value!.Result;
        Assert.Equal((offset, expected.Length, Sha256Digest.Of(expected)), (result.Offset, result.Length, result.Sha256));
        Assert.Equal(expected, await fetched.ReadAsync());

        var data = await world.FetchAsync(delivery.DeliveryId, result.Lease, offset, Math.Min(length, File.Length), wantData: true);
        Assert.Equal(expected, data.Value!.Data);
        Assert.Equal(result.Sha256, data.Value.Result.Sha256);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Small_and_empty_files_come_too(int size)
    {
        await using var world = await InboxWorld.StartAsync();
        var file = Bytes(size);
        var delivery = await world.OfferAsync("a", file);

        var whole = await world.FetchFileAsync(delivery.DeliveryId);
        Assert.Equal(file, await whole.ReadAsync());
        var chunk = await world.FetchAsync(delivery.DeliveryId, whole.Value!.Result.Lease);
        Assert.Equal(file, await chunk.ReadAsync());
        Assert.Equal(Sha256Digest.Of(file), chunk.Value!.Result.Sha256);
    }

    [Theory]
    [InlineData(-1, 1, "offset")]
    [InlineData(3 * ChunkSize + 1000, 1, "offset")]
    [InlineData(0, 0, "length")]
    [InlineData(0, -1, "length")]
    [InlineData(0, (256 << 20) + 1, "length")]
    public async Task Other_ranges_are_refused_and_no_lease_is_taken(long offset, long length, string field)
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);

        var refused = (await world.FetchAsync(delivery.DeliveryId, null, offset, length)).Refusal!;

        Assert.Equal((ErrorCatalogue.FieldInvalid, field), (refused.Error, refused.Arguments[0]));
        Assert.Null(Assert.Single((await world.ListAsync()).Value!.Items).LeaseUntil);
    }

    [Fact]
    public async Task Data_is_bounded_by_the_root_part()
    {
        await using var world = await InboxWorld.StartAsync(more: json => json["limits"]!["rootBytes"] = ChunkSize);
        var delivery = await world.OfferAsync("a", File);

        var refused = (await world.FetchAsync(delivery.DeliveryId, length: ChunkSize + 1, wantData: true)).Refusal!;

        Assert.Equal((ErrorCatalogue.LimitExceeded, "limits.rootBytes"), (refused.Error, refused.Arguments[1]));
    }

    [Fact]
    public async Task Who_fetches_has_it_alone_until_its_time_is_over()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var first = (await world.FetchAsync(delivery.DeliveryId)).Value!.Result;
        Assert.Equal(first.LeaseUntil, Assert.Single((await world.ListAsync()).Value!.Items).LeaseUntil);

        var refused = (await world.FetchAsync(delivery.DeliveryId)).Refusal!;
        Assert.Equal((ErrorCatalogue.DeliveryLeased, InboxWorld.Lease), (refused.Error, refused.RetryAfter));

        world.Time.Advance(InboxWorld.Lease);
        Assert.Null(Assert.Single((await world.ListAsync()).Value!.Items).LeaseUntil);
        var second = (await world.FetchAsync(delivery.DeliveryId)).Value!.Result;
        Assert.NotEqual(first.Lease, second.Lease);
        Assert.Equal(2, (await world.DeliveryAsync(Identity("a"))).Attempts);
        Assert.Equal(ErrorCatalogue.LeaseLost, (await world.FetchAsync(delivery.DeliveryId, first.Lease)).Refusal!.Error);
        Assert.Equal(ErrorCatalogue.LeaseLost, (await world.ConfirmAsync(delivery.DeliveryId, first.Lease)).Refusal!.Error);
        Assert.Null((await world.ConfirmAsync(delivery.DeliveryId, second.Lease)).Refusal);
        Assert.Equal(ErrorCatalogue.LeaseLost, (await world.ConfirmAsync(delivery.DeliveryId, first.Lease)).Refusal!.Error);
    }

    [Fact]
    public async Task A_lease_whose_time_is_over_goes_on_while_nobody_else_took_it()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var first = (await world.FetchAsync(delivery.DeliveryId)).Value!.Result;
        world.Time.Advance(2 * InboxWorld.Lease);

        var again = (await world.FetchAsync(delivery.DeliveryId, first.Lease)).Value!.Result;

        Assert.Equal((first.Lease, world.Services.Now + InboxWorld.Lease), (again.Lease, again.LeaseUntil));
        Assert.Equal(ErrorCatalogue.DeliveryLeased, (await world.FetchAsync(delivery.DeliveryId)).Refusal!.Error);
    }

    [Fact]
    public async Task Activity_renews_the_lease_without_a_write_for_each_chunk()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var lease = (await world.FetchAsync(delivery.DeliveryId)).Value!.Result.Lease;
        var commits = 0;
        world.Journal.BeforeCommit = _ => commits++;

        for (var minute = 0; minute < 60; minute++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            var result = (await world.FetchAsync(delivery.DeliveryId, lease)).Value!.Result;
            Assert.True(result.LeaseUntil > world.Services.Now.AddMinutes(6), $"{result.LeaseUntil} at {world.Services.Now}");
        }

        Assert.InRange(commits, 10, 20);
    }

    [Fact]
    public async Task Reading_a_long_answer_renews_the_lease()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        await using var content = (await world.FetchFileAsync(delivery.DeliveryId)).Value!;
        var buffer = new byte[ChunkSize / 8];

        while (await content.ReadAsync(buffer, Never) > 0)
        {
            world.Time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(ErrorCatalogue.DeliveryLeased, (await world.FetchAsync(delivery.DeliveryId)).Refusal?.Error);
        }
    }

    [Fact]
    public async Task An_answer_breaks_off_when_its_lease_was_lost()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        await using var slow = (await world.FetchFileAsync(delivery.DeliveryId)).Value!;
        world.Time.Advance(InboxWorld.Lease);
        Assert.Null((await world.FetchAsync(delivery.DeliveryId)).Refusal);

        await Assert.ThrowsAsync<StorageException>(() => slow.ReadAsync(new byte[100], Never).AsTask());
    }

    [Fact]
    public async Task A_restart_leaves_the_lease_with_who_fetches()
    {
        var before = await InboxWorld.StartAsync();
        var delivery = await before.OfferAsync("a", File);
        var lease = (await before.FetchAsync(delivery.DeliveryId)).Value!.Result.Lease;
        await before.DisposeAsync();

        await using var world = await InboxWorld.StartAsync(
            new WorldParts { Journal = before.Journal, Spool = before.Spool, Time = before.Time, Seed = 2 });

        Assert.Equal(ErrorCatalogue.DeliveryLeased, (await world.FetchAsync(delivery.DeliveryId)).Refusal!.Error);
        Assert.Equal(File, await (await world.FetchFileAsync(delivery.DeliveryId, lease)).ReadAsync());
    }

    [Fact]
    public async Task Damaged_bytes_do_not_go_out_and_hold_the_delivery()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        await DamageAsync(world, chunk: 1);
        var first = await world.FetchAsync(delivery.DeliveryId);
        Assert.Equal(File[..ChunkSize], await first.ReadAsync());

        await using var content = (await world.FetchFileAsync(delivery.DeliveryId, first.Value!.Result.Lease)).Value!;
        var received = 0;
        await Assert.ThrowsAsync<StorageException>(async () =>
        {
            while (await content.ReadAsync(new byte[ChunkSize / 4], Never) is > 0 and var read) received += read;
        });

        Assert.True(received < 2 * ChunkSize, $"{received} bytes went out");
        var held = await world.DeliveryAsync(Identity("a"));
        Assert.Equal((DeliveryState.Held, ErrorCatalogue.PayloadDamaged.Code), (held.State, held.LastErrorCode));
        Assert.Empty((await world.ListAsync()).Value!.Items);
        Assert.Equal(ErrorCatalogue.WrongDeliveryState, (await world.FetchAsync(delivery.DeliveryId)).Refusal!.Error);
    }

    [Fact]
    public async Task Damaged_bytes_as_data_are_a_fault()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        await DamageAsync(world, chunk: 0);

        Assert.Equal(ErrorCatalogue.PayloadDamaged, (await world.FetchAsync(delivery.DeliveryId, wantData: true)).Refusal!.Error);
    }

    /// <summary>The disk changes a byte: here the digest changes instead.</summary>
    static async Task DamageAsync(CoreWorld world, int chunk)
    {
        var payload = (await world.RowAsync(Identity("a"))).PayloadId;
        var batch = new JournalBatch();
        batch.Chunks.Add((payload, (await world.Journal.ChunksAsync(payload, Never))[chunk] with { Sha256 = Sha256Digest.Of([7]) }));
        await world.Journal.CommitAsync(batch, Never);
    }
}
