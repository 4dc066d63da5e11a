using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Pull;
using LinkGateway.Core.Tests.Inbox;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Pull;

/// <summary>A takes in and offers; B, which may only call outward, fetches from A's inbox and publishes in a folder.</summary>
public sealed class PullTests : IAsyncLifetime
{
    static readonly byte[] File = Bytes((3 * ChunkSize) + 1000);

    readonly CancellationTokenSource _stop = new();
    readonly CoreWorld _outer = new("gw-a", InboxWorld.WithInbox);
    readonly CoreWorld _inner;
    readonly DirectInbox _inbox;
    Task _pulling = Task.CompletedTask;

    public PullTests()
    {
        _inner = new CoreWorld("gw-b", WithPull, new WorldParts { Time = _outer.Time, Seed = 2 });
        _inbox = new DirectInbox("gw-b", _outer);
    }

    public async Task InitializeAsync()
    {
        await _outer.StartAsync();
        await _inner.StartAsync();
        _pulling = _inner.Begin(() => new PullService(_inner.Services, _inner.Transfers, _inbox, _inbox).RunAsync(_stop.Token));
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pulling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _inner.DisposeAsync();
        await _outer.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_file_comes_through_under_its_identity_and_its_receipts_travel_back()
    {
        await _outer.OfferAsync("a", File);

        // The clock stands: run on, the lease might lapse, and the file be fetched anew.
        await _inner.UntilAsync(ForwardIdentity("a"), DeliveryState.Delivered);
        await _outer.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(File, _inner.Files.Content($"{Folder}/a.csv"));
        var row = await _inner.RowAsync(ForwardIdentity("a"));
        Assert.Equal((await _outer.RowAsync(Identity("a"))).ManifestDigest, row.ManifestDigest);
        Assert.Equal(["gw-a"], row.Hops);
        Assert.Equal("gw-a", row.SubmittedBy);
        var receipts = (await _outer.Journal.ReceiptsAsync(Identity("a"), Never))
            .Select(receipt => (receipt.Content.Kind, receipt.Content.Issuer));
        Assert.Equal([(ReceiptKind.Accepted, "gw-a"), (ReceiptKind.Accepted, "gw-b"), (ReceiptKind.Delivered, "gw-b")], receipts);
        Assert.Empty((await _outer.ListAsync()).Value!.Items);
        Assert.Equal(4, _inbox.Fetched.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Small_and_empty_files_come_through_too(int size)
    {
        await _outer.OfferAsync("a", Bytes(size));

        await _outer.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(Bytes(size), _inner.Files.Content($"{Folder}/a.csv"));
    }

    [Fact]
    public async Task The_receiving_systems_result_travels_back()
    {
        await _outer.OfferAsync("a", File);
        var delivery = await _inner.DriveAsync(ForwardIdentity("a"), DeliveryState.Delivered);

        await _inner.ConfirmAsync(delivery.DeliveryId, null, ConfirmStages.Applied, request => request with { CountAccepted = 5 });

        await _outer.DriveAsync(Identity("a"), DeliveryState.Applied);
        var last = (await _outer.Journal.ReceiptsAsync(Identity("a"), Never))[^1].Content;
        Assert.Equal((ReceiptKind.Applied, "gw-b", 5L), (last.Kind, last.Issuer, last.RecordsApplied));
    }

    [Fact]
    public async Task Nothing_is_delivered_before_the_confirmation_is_answered()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.BeforeConfirm = () =>
        {
            asked.TrySetResult();
            return gate.Task;
        };
        await _outer.OfferAsync("a", File);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        _inner.Time.Advance(TimeSpan.FromMinutes(2));

        var waiting = await _inner.DeliveryAsync(ForwardIdentity("a"));
        Assert.Equal((DeliveryState.Waiting, 0), (waiting.State, waiting.Attempts));

        gate.SetResult();
        await _outer.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_operator_holds_and_releases_is_not_delivered_before_the_confirmation_is_answered(bool releasedBefore)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.BeforeConfirm = () =>
        {
            asked.TrySetResult();
            return gate.Task;
        };
        await _outer.OfferAsync("a", File);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        var desk = new OrderDesk(_inner);
        await desk.DoneAsync(OrderKind.Hold, ForwardIdentity("a"));
        if (releasedBefore)
        {
            await desk.DoneAsync(OrderKind.Release, ForwardIdentity("a"));
            var waiting = await _inner.DeliveryAsync(ForwardIdentity("a"));
            Assert.Equal((DeliveryState.Waiting, (DateTimeOffset?)null), (waiting.State, waiting.NextAttemptAt));
        }

        gate.SetResult();
        await _outer.UntilAsync(
            Identity("a"), delivery => delivery.State is DeliveryState.HandedOver or DeliveryState.Delivered, "a confirmation");
        if (!releasedBefore)
        {
            Assert.Equal(DeliveryState.Held, (await _inner.DeliveryAsync(ForwardIdentity("a"))).State);
            await _inner.DriveAsync(async () => !(await _inner.RowAsync(ForwardIdentity("a"))).AwaitsConfirmation, "its answer");
            await desk.DoneAsync(OrderKind.Release, ForwardIdentity("a"));
        }

        await _outer.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(File, _inner.Files.Content($"{Folder}/a.csv"));
    }

    [Fact]
    public async Task What_another_has_taken_meanwhile_is_given_up()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.BeforeConfirm = () =>
        {
            asked.TrySetResult();
            return gate.Task;
        };
        var delivery = await _outer.OfferAsync("a", File);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        _outer.Time.Advance(InboxWorld.Lease);
        var other = (await _outer.FetchAsync(delivery.DeliveryId)).Value!.Result;

        // The clock stands: run on, the other's lease might lapse, and it be taken in again at once.
        gate.SetResult();
        await _inner.UntilAsync(ForwardIdentity("a"), DeliveryState.Cancelled);

        Assert.Empty(_inner.Files.Paths);
        Assert.Equal(nameof(DeliveryState.Delivered), (await _outer.ConfirmAsync(delivery.DeliveryId, other.Lease)).Value?.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_given_up_is_taken_in_again_when_it_is_offered_again(bool held)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.BeforeConfirm = () =>
        {
            asked.TrySetResult();
            return gate.Task;
        };
        var delivery = await _outer.OfferAsync("a", File);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        if (held)
        {
            await _outer.ChangeAsync(
                row => row with { State = DeliveryState.Held, LeaseToken = null, LeaseOwner = null, LeaseUntil = null });
        }
        else
        {
            _outer.Time.Advance(InboxWorld.Lease);
            Assert.True((await _outer.FetchAsync(delivery.DeliveryId)).Succeeded);
        }

        // The clock stands: run on, the other's lease might lapse, and it be taken in again at once.
        gate.SetResult();
        await _inner.UntilAsync(ForwardIdentity("a"), DeliveryState.Cancelled);
        if (held) await _outer.ChangeAsync(row => row with { State = DeliveryState.Waiting, NextAttemptAt = _outer.Services.Now });
        else _outer.Time.Advance(InboxWorld.Lease);

        await _outer.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(File, _inner.Files.Content($"{Folder}/a.csv"));
        Assert.Single(await _outer.Journal.ReceiptsAsync(Identity("a"), Never), receipt => receipt.Content.Kind == ReceiptKind.Delivered);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_operator_settles_as_delivered_before_it_is_confirmed_is_kept_and_delivered(bool leaseIsForgotten)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.BeforeConfirm = () =>
        {
            asked.TrySetResult();
            return gate.Task;
        };
        await _outer.OfferAsync("a", File);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        var desk = new OrderDesk(_outer);
        await desk.DoneAsync(OrderKind.Hold, Identity("a"));
        await desk.DoneAsync(OrderKind.SettleDelivered, Identity("a"));

        // As programs left it that forgot the lease when the operator gave the order.
        if (leaseIsForgotten) await _outer.ChangeAsync(row => row with { LeaseToken = null });

        gate.SetResult();

        await _inner.DriveAsync(
            ForwardIdentity("a"), delivery => delivery.State is DeliveryState.Delivered or DeliveryState.Cancelled, "an end");
        Assert.Equal(DeliveryState.Delivered, (await _inner.DeliveryAsync(ForwardIdentity("a"))).State);
        Assert.Equal(File, _inner.Files.Content($"{Folder}/a.csv"));
    }

    [Fact]
    public async Task A_receipt_that_is_not_trusted_yet_is_handed_back_again()
    {
        var refused = 0;
        _inbox.ConfirmFault = request => KindOf(request) == ReceiptKind.Delivered && Interlocked.Increment(ref refused) <= 3
            ? new PeerFault.Refuse(ErrorCatalogue.ConfirmationMismatch.Code, OurFault: true)
            : null;
        await _outer.OfferAsync("a", File);

        await _outer.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(4, refused);
    }

    [Fact]
    public async Task A_file_that_is_not_known_there_does_not_stop_the_receipts_of_others()
    {
        var isUnknown = true;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.ConfirmFault = request =>
        {
            if (!Volatile.Read(ref isUnknown) || TestReceipts.Read(request.ReceiptDocuments[0]).TransferId != "a") return null;
            asked.TrySetResult();
            return new PeerFault.Refuse(ErrorCatalogue.DeliveryUnknown.Code, OurFault: true);
        };
        await _outer.OfferAsync("a", File);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        await _outer.OfferAsync("b", File);

        await _outer.DriveAsync(Identity("b"), DeliveryState.Delivered);

        Assert.Equal(DeliveryState.Waiting, (await _inner.DeliveryAsync(ForwardIdentity("a"))).State);
        Volatile.Write(ref isUnknown, false);
        await _outer.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task What_had_come_by_another_way_hands_its_later_receipts_back_too()
    {
        await using var outer = new CoreWorld("gw-a", InboxWorld.WithInbox);
        await using var inner = new CoreWorld("gw-b", WithPull, new WorldParts { Time = outer.Time, Seed = 2 });
        await outer.StartAsync();
        await outer.OfferAsync("a", File);
        var row = await outer.RowAsync(Identity("a"));
        var pushed = await inner.Transfers.SubmitFileAsync(
            "gw-a",
            new SubmitFileRequest
            {
                Transfer = new TransferReference { Origin = Origin, TransferId = "a", Receiver = Receiver },
                Manifest = row.Manifest,
                Hops = ["gw-a"],
                ChunkSize = row.ChunkSize,
                File = "file",
                EntryReceiptDocument = row.EntryReceipt!.Value.ToArray(),
            },
            new TestBody(File),
            Never);
        Assert.Null(pushed.Refusal);

        using var stop = new CancellationTokenSource();
        var inbox = new DirectInbox("gw-b", outer);
        var pulling = inner.Begin(() => new PullService(inner.Services, inner.Transfers, inbox, inbox).RunAsync(stop.Token));
        await outer.DriveAsync(Identity("a"), DeliveryState.HandedOver);
        await inner.StartAsync();

        await outer.DriveAsync(Identity("a"), DeliveryState.Delivered);
        await stop.CancelAsync();
        await pulling.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    [Theory]
    [InlineData("List")]
    [InlineData("Fetch")]
    [InlineData("Confirm")]
    public async Task A_line_that_breaks_now_and_then_costs_only_time(string call)
    {
        var calls = 0;
        _inbox.Fault = name => name != call ? null : (Interlocked.Increment(ref calls) % 3) switch
        {
            1 => new PeerFault.NotSent(),
            2 => new PeerFault.AnswerLost(),
            _ => null,
        };
        await _outer.OfferAsync("a", File);

        await _outer.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(File, _inner.Files.Content($"{Folder}/a.csv"));
        Assert.Single(await _outer.Journal.ReceiptsAsync(Identity("a"), Never), receipt => receipt.Content.Kind == ReceiptKind.Delivered);
    }

    [Fact]
    public async Task What_has_no_route_here_stays_there()
    {
        _inner.Reload(json =>
        {
            WithPull(json);
            json["routes"]!.AsArray().RemoveAt(0);
        });
        await _outer.OfferAsync("a", File);

        await _outer.DriveAsync(
            () => _inbox.Told.Any(text => text.Contains(ErrorCatalogue.NoRoute.Code, StringComparison.Ordinal)), "a word of it");

        Assert.Single((await _outer.ListAsync()).Value!.Items);
        Assert.Empty(_inbox.Fetched);
    }

    [Fact]
    public async Task What_is_for_a_receiver_that_is_suspended_there_stays_there_until_it_is_resumed()
    {
        _inbox.Fault = call => call == "Fetch" ? new PeerFault.NotSent() : null;
        await _outer.OfferAsync("a", File);
        var desk = new OrderDesk(_outer);
        await desk.SuspendAsync(Receiver);
        _inbox.Fault = null;

        await _outer.DriveAsync(
            () => _inbox.Told.Any(text => text.Contains(ErrorCatalogue.ParticipantSuspended.Code, StringComparison.Ordinal)),
            "a word of it");

        var offered = await _outer.DeliveryAsync(Identity("a"));
        Assert.Equal((DeliveryState.Waiting, null), (offered.State, offered.LeaseToken));
        Assert.Empty(_inner.Files.Paths);
        await desk.ResumeAsync(Receiver);
        await _outer.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(File, _inner.Files.Content($"{Folder}/a.csv"));
    }

    static ReceiptKind KindOf(ConfirmReceiptRequest request) => TestReceipts.Read(request.ReceiptDocuments[0]).Kind;

    internal static void WithPull(JsonNode json) => json["pulls"] = JsonNode.Parse("""
        [{ "id": "from-a", "url": "https://gw-a.example:8443/batch", "gateway": "gw-a", "chunksInFlight": 2,
           "credentials": { "basic": { "user": "gw-b", "password": "env:PASSWORD" } } }]
        """);
}
