using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.States;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Inbox;

/// <summary>What lies in an inbox, and who sees it.</summary>
public class InboxListTests
{
    static readonly byte[] File = Bytes((2 * ChunkSize) + 1000);

    [Fact]
    public async Task What_was_accepted_lies_there_with_all_that_is_known_of_it()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);

        var item = Assert.Single((await world.ListAsync()).Value!.Items);

        var row = await world.RowAsync(Identity("a"));
        Assert.Equal(
            (delivery.DeliveryId, Origin, "a", Receiver, 0),
            (item.DeliveryId, item.Origin, item.TransferId, item.Receiver, item.Replay));
        Assert.Equal(row.Manifest, item.Manifest);
        Assert.Equal((row.Size, row.Sha256, row.ChunkSize, row.Root), (item.Size, item.Sha256, item.ChunkSize, item.Root));
        Assert.Equal(row.EntryReceipt!.Value.ToArray(), item.AcceptedReceiptDocument);
        Assert.Equal(delivery.OfferedAt, item.OfferedAt);
        Assert.Null(item.LeaseUntil);
        Assert.Equal((DeliveryState.Waiting, 0), (delivery.State, delivery.Attempts));
    }

    [Fact]
    public async Task Others_see_nothing_of_it()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);

        Assert.Empty((await world.ListAsync(Stranger)).Value!.Items);
        Assert.Empty((await world.ListAsync(Origin)).Value!.Items);
        Assert.Equal(ErrorCatalogue.ReceiverNotAllowed, (await world.ListAsync(Stranger, receiver: Receiver)).Refusal!.Error);
        Assert.Equal(ErrorCatalogue.NotAuthenticated, (await world.ListAsync(Operator)).Refusal!.Error);
        Assert.Equal(ErrorCatalogue.DeliveryUnknown, (await world.FetchAsync(delivery.DeliveryId, caller: Stranger)).Refusal!.Error);
        Assert.Equal(ErrorCatalogue.DeliveryUnknown, (await world.FetchAsync("none")).Refusal!.Error);
        Assert.Equal(ErrorCatalogue.DeliveryUnknown, (await world.ConfirmAsync(delivery.DeliveryId, "x", caller: Stranger)).Refusal!.Error);
    }

    [Theory]
    [InlineData(Receiver)]
    [InlineData("*")]
    public async Task A_gateway_sees_what_it_receives_for(string mayReceiveFor)
    {
        await using var world = await InboxWorld.StartAsync(
            more: json =>
                json["participants"]!.AsArray().First(item => (string?)item!["id"] == "gw-b")!["mayReceiveFor"]![0] = mayReceiveFor);
        await world.OfferAsync("a", File);

        Assert.Single((await world.ListAsync("gw-b")).Value!.Items);
        Assert.Single((await world.ListAsync("gw-b", receiver: Receiver)).Value!.Items);
        Assert.Empty((await world.ListAsync("gw-c")).Value!.Items);
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        await using var world = await InboxWorld.StartAsync();
        foreach (var id in (string[])["a", "b", "c", "d", "e"])
        {
            await world.OfferAsync(id, Bytes(100));
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        List<string> seen = [];
        string? cursor = null;
        while (true)
        {
            var page = (await world.ListAsync(cursor: cursor, max: 2)).Value!;
            if (page.Items.Count == 0) break;
            Assert.True(page.Items.Count <= 2);
            seen.AddRange(page.Items.Select(item => item.TransferId));
            cursor = page.Cursor;
        }

        Assert.Equal(["a", "b", "c", "d", "e"], seen);
        Assert.Equal(ErrorCatalogue.FieldInvalid, (await world.ListAsync(cursor: "x")).Refusal!.Error);
    }

    [Fact]
    public async Task A_page_stays_small_enough_for_its_reader()
    {
        await using var world = await InboxWorld.StartAsync();
        var notes = Enumerable.Repeat(new NameValue(new string('備', 1000), new string('考', 1000)), 100).ToList();
        foreach (var id in (string[])["a", "b", "c", "d"])
        {
            var manifest = Manifest(id) with { Properties = notes };
            await world.SubmitAsync(manifest, Bytes(10));
            await world.UntilAsync(Identity(id), delivery => delivery.OfferedAt is not null, "an offer");
        }

        var first = (await world.ListAsync()).Value!;
        var second = (await world.ListAsync(cursor: first.Cursor)).Value!;

        Assert.Equal((3, 1), (first.Items.Count, second.Items.Count));
    }

    [Fact]
    public async Task Who_waits_is_told_of_the_first()
    {
        await using var world = await InboxWorld.StartAsync();
        var waiting = world.ListAsync(wait: 30);

        await world.OfferAsync("a", File);

        Assert.Single((await waiting.WaitAsync(TimeSpan.FromMinutes(3))).Value!.Items);
    }

    [Fact]
    public async Task Who_waits_in_vain_gets_an_empty_answer()
    {
        await using var world = await InboxWorld.StartAsync();
        var waiting = world.ListAsync(wait: 30);

        await world.DriveAsync(() => waiting.IsCompleted, "an answer");

        Assert.Empty((await waiting).Value!.Items);
    }

    [Fact]
    public async Task A_cancel_takes_it_out()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);

        Assert.Equal("cancelled", Assert.Single((await world.CancelAsync("a")).Value!.Deliveries).Outcome);

        Assert.Empty((await world.ListAsync()).Value!.Items);
        Assert.Equal(ErrorCatalogue.WrongDeliveryState, (await world.FetchAsync(delivery.DeliveryId)).Refusal!.Error);
    }

    [Fact]
    public async Task A_cancel_comes_too_late_once_it_is_fetched_also_when_the_lease_has_run_out()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var lease = (await world.FetchAsync(delivery.DeliveryId)).Value!.Result.Lease;
        Assert.Equal("tooLate", Assert.Single((await world.CancelAsync("a")).Value!.Deliveries).Outcome);

        world.Time.Advance(InboxWorld.Lease);
        Assert.Equal("tooLate", Assert.Single((await world.CancelAsync("a")).Value!.Deliveries).Outcome);

        Assert.True((await world.ConfirmAsync(delivery.DeliveryId, lease)).Succeeded);
    }

    [Fact]
    public async Task What_is_not_fetched_in_time_is_not_offered_any_more()
    {
        await using var world = await InboxWorld.StartAsync();
        var manifest = Manifest("a", File) with { NotAfter = world.Services.Now.AddHours(1) };
        await world.SubmitAsync(manifest, File);
        var delivery = await world.UntilAsync(Identity("a"), row => row.OfferedAt is not null, "an offer");

        world.Time.Advance(TimeSpan.FromHours(1.1));
        var failed = await world.DriveAsync(Identity("a"), DeliveryState.Failed);

        Assert.Equal(ErrorCatalogue.NotAfterPassed.Code, failed.LastErrorCode);
        Assert.Empty((await world.ListAsync()).Value!.Items);
        Assert.Equal(ErrorCatalogue.WrongDeliveryState, (await world.FetchAsync(delivery.DeliveryId)).Refusal!.Error);
    }

    [Fact]
    public async Task Who_was_fetching_when_its_time_passed_may_finish_and_even_confirm_late()
    {
        await using var world = await InboxWorld.StartAsync();
        var manifest = Manifest("a", File) with { NotAfter = world.Services.Now.AddMinutes(5) };
        await world.SubmitAsync(manifest, File);
        var delivery = await world.UntilAsync(Identity("a"), row => row.OfferedAt is not null, "an offer");
        var lease = (await world.FetchAsync(delivery.DeliveryId)).Value!.Result.Lease;
        world.Time.Advance(TimeSpan.FromMinutes(8));
        Assert.Null((await world.FetchAsync(delivery.DeliveryId, lease)).Refusal);

        world.Time.Advance(InboxWorld.Lease);
        await world.DriveAsync(Identity("a"), DeliveryState.Failed);

        Assert.Equal(nameof(DeliveryState.Delivered), (await world.ConfirmAsync(delivery.DeliveryId, lease)).Value?.State);
    }
}
