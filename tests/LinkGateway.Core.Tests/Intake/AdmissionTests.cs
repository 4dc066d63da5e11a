using System.Text.Json.Nodes;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Intake;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Intake;

/// <summary>
/// When the gateway has too much, whoever comes is refused before a byte of the attachment is read, and told when to come again.
/// </summary>
public sealed class AdmissionTests : IAsyncDisposable
{
    static readonly byte[] File = Bytes(3 * ChunkSize);

    readonly WorldParts _parts = new();
    readonly Dictionary<string, JsonNode> _limits = [];
    CoreWorld _world;
    string? _class;

    public AdmissionTests() => _world = new CoreWorld(parts: _parts);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task More_unfinished_transfers_than_allowed_are_refused_until_one_has_ended()
    {
        Limit("openTransfers", 2);
        Assert.True((await _world.OpenAsync(Manifest("a", File))).Succeeded);
        Assert.True((await _world.OpenAsync(Manifest("b", File))).Succeeded);

        await RefusedAsync("c", "LG-5001", "limits.openTransfers = 2");
        Assert.Contains(Raised(NoticeKind.Overload), notice => notice.Subject == "limits.openTransfers");

        // One that is open goes on, and is taken over as ever.
        Assert.True((await _world.OpenAsync(Manifest("a", File))).Succeeded);
        await _world.CancelAsync("b");
        Assert.True((await _world.OpenAsync(Manifest("c", File))).Succeeded);
    }

    [Fact]
    public async Task Bytes_to_come_are_bounded_and_what_has_come_makes_room()
    {
        Limit("bytesInFlight", 1 << 20);
        var big = Bytes(1 << 20);
        var attempt = (await _world.OpenAsync(Manifest("a", big))).Value!.Attempt;

        await RefusedAsync("b", "LG-5001", "limits.bytesInFlight");
        for (var index = 0; index < 3; index++) await _world.PutAsync("a", attempt, index, big);

        Assert.True((await _world.OpenAsync(Manifest("b", File))).Succeeded);
    }

    [Fact]
    public async Task A_file_that_could_never_fit_is_refused_for_good()
    {
        Limit("bytesInFlight", 1 << 20);

        var refusal = (await _world.OpenAsync(Manifest("a") with { Size = 2 << 20 })).Refusal!;

        Assert.Equal(("LG-4001", null), (refusal.Code, refusal.RetryAfter));
    }

    [Fact]
    public async Task A_file_that_would_leave_less_than_the_reserve_is_refused_and_a_small_one_still_passes()
    {
        Limit("diskReserveSmall", 10_000);
        Limit("diskReserve", 100_000);
        _world.Disk.Free = File.Length + 99_999;

        await RefusedAsync("a", "LG-5380", "limits.diskReserve = 100000");
        Assert.Contains(Raised(NoticeKind.SpaceShort), notice => notice.Subject == "limits.diskReserve");
        Assert.Empty(_world.Spool.Paths);

        _world.Disk.Free = 20_000;
        Assert.True((await _world.SubmitAsync(Manifest("small", Bytes(100)), Bytes(100))).Succeeded);
        _world.Disk.Free = File.Length + 100_000;
        Assert.True((await _world.SubmitAsync(Manifest("a", File), File)).Succeeded);
    }

    [Fact]
    public async Task A_file_of_an_urgent_class_passes_to_the_smaller_reserve()
    {
        _class = "life";
        Limit("diskReserveSmall", 10_000);
        Limit("diskReserve", 100_000);
        _world.Disk.Free = File.Length + 10_000;

        Assert.True((await _world.SubmitAsync(Manifest("a", File), File)).Succeeded);
    }

    [Fact]
    public async Task Nothing_of_the_attachment_is_read_when_the_upload_is_refused()
    {
        Limit("diskReserveSmall", 0);
        Limit("diskReserve", 1000);
        _world.Disk.Free = 0;
        var body = new TestBody(File);

        var refusal = (await _world.SubmitAsync(Manifest("a", File), File, body)).Refusal!;

        Assert.Equal("LG-5380", refusal.Code);
        Assert.False(body.Opened);
    }

    [Fact]
    public async Task No_attachment_is_taken_in_while_the_process_uses_too_much_memory()
    {
        Limit("memoryBytes", 256 << 20);
        _world.Memory.InUse = 256 << 20;

        await RefusedAsync("a", "LG-5001", "limits.memoryBytes", submit: true);

        _world.Memory.InUse = 255 << 20;
        Assert.True((await _world.SubmitAsync(Manifest("a", File), File)).Succeeded);
    }

    [Fact]
    public async Task A_store_that_hangs_is_told_of_takes_nothing_new_and_is_over_when_it_goes_on()
    {
        var hanging = _world.Services.Stores!.Begin("spool");
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        _world.Transfers.Intake.Look();
        Assert.True((await _world.SubmitAsync(Manifest("a", File), File)).Succeeded);
        Assert.Empty(Raised(NoticeKind.StoreSlow));

        _world.Time.Advance(TimeSpan.FromSeconds(1));
        _world.Transfers.Intake.Look();

        await RefusedAsync("b", "LG-5381", "spool", submit: true);
        Assert.Equal("spool", Assert.Single(Raised(NoticeKind.StoreSlow)).Subject);
        hanging.Dispose();
        _world.Transfers.Intake.Look();
        Assert.True((await _world.SubmitAsync(Manifest("b", File), File)).Succeeded);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        _world.Transfers.Intake.Look();
        Assert.Empty(Raised(NoticeKind.StoreSlow));
    }

    [Fact]
    public async Task A_condition_is_over_when_nobody_was_refused_for_a_minute()
    {
        Limit("openTransfers", 1);
        await _world.OpenAsync(Manifest("a", File));
        await RefusedAsync("b", "LG-5001", "limits.openTransfers");
        _world.Time.Advance(TimeSpan.FromSeconds(59));
        _world.Transfers.Intake.Look();
        Assert.Single(Raised(NoticeKind.Overload));

        _world.Time.Advance(TimeSpan.FromSeconds(1));
        _world.Transfers.Intake.Look();

        Assert.Empty(Raised(NoticeKind.Overload));
    }

    [Fact]
    public async Task What_broke_off_counts_on_and_what_was_refused_or_accepted_does_not()
    {
        Limit("openTransfers", 1);
        var broken = new TestBody(File) { BreakAt = ChunkSize + 10 };
        Assert.False((await _world.SubmitAsync(Manifest("a", File), File, broken)).Succeeded);
        await RefusedAsync("b", "LG-5001", "limits.openTransfers");

        Assert.True((await _world.SubmitAsync(Manifest("a", File), File)).Succeeded);
        Assert.False((await _world.SubmitAsync(Manifest("c", Bytes(10)), Bytes(11))).Succeeded);
        Assert.True((await _world.SubmitAsync(Manifest("b", File), File)).Succeeded);
    }

    [Fact]
    public async Task After_a_restart_the_journal_tells_what_is_open()
    {
        var attempt = (await _world.OpenAsync(Manifest("a", File))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, File);

        _world = new CoreWorld(parts: _parts with { Seed = 2 });
        Limit("openTransfers", 1);
        await new IntakeWatch(_world.Services, _world.Transfers).CountAsync(Never);

        await RefusedAsync("b", "LG-5001", "limits.openTransfers");
        var upload = Assert.Single(await _world.Journal.OpenUploadsAsync(Never));
        Assert.Equal((File.Length, ChunkSize), (upload.Declared, upload.Held));
    }

    [Fact]
    public async Task A_suspended_participant_brings_nothing_and_fetches_nothing_until_it_is_resumed()
    {
        var attempt = (await _world.OpenAsync(Manifest("a", File))).Value!.Attempt;
        await OrderAsync(StandingSubjects.InForce);

        await RefusedAsync("b", "LG-4381", Origin);
        Assert.Equal("LG-4381", (await _world.PutAsync("a", attempt, 0, File)).Refusal?.Code);
        Assert.Equal("LG-4381", (await _world.Transfers.ListInboxAsync(Origin, new(), Never)).Refusal?.Code);
        Assert.Equal("Open", (await _world.StatusAsync("a")).State);

        await OrderAsync(null);
        Assert.True((await _world.PutAsync("a", attempt, 0, File)).Succeeded);
    }

    [Fact]
    public async Task What_is_accepted_of_a_suspended_participant_is_delivered()
    {
        await _world.SubmitAsync(Manifest("a", File), File);
        await OrderAsync(StandingSubjects.InForce);

        await _world.StartAsync();

        await _world.DriveAsync(Identity("a"), Contract.States.DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_gateway_brings_nothing_of_a_suspended_origin()
    {
        await OrderAsync(StandingSubjects.InForce);
        var request = new Contract.Messages.OpenTransferRequest
        {
            Transfer = Reference("a") with { Origin = Origin, Receiver = Receiver },
            Manifest = Manifest("a", File),
            Hops = ["gw-b"],
            ChunkSize = ChunkSize,
        };

        Assert.Equal("LG-4381", (await _world.Transfers.OpenTransferAsync("gw-b", request, Never)).Refusal?.Code);
    }

    void Limit(string name, JsonNode value)
    {
        _limits[name] = value;
        _world.Reload(json =>
        {
            foreach (var (limit, set) in _limits) json["limits"]![limit] = set.DeepClone();
            if (_class is not null) json["routes"]![0]!["class"] = _class;
        });
    }

    async Task OrderAsync(string? value)
    {
        var given = new GivenOrder(Operator, "it floods us", DryRun: false);
        Assert.True((await _world.Services.Standing.GiveAsync(
            _world.Services, StandingSubjects.Suspend(Origin), value, given, Never)).Succeeded);
    }

    async Task RefusedAsync(string id, string code, string names, bool submit = false)
    {
        var refusal = submit
            ? (await _world.SubmitAsync(Manifest(id, File), File)).Refusal
            : (await _world.OpenAsync(Manifest(id, File))).Refusal;
        Assert.Equal(code, refusal?.Code);
        Assert.Contains(names, $"{refusal}", StringComparison.Ordinal);
        if (code != "LG-4381") Assert.NotNull(refusal!.RetryAfter);
    }

    IEnumerable<Condition> Raised(NoticeKind kind) => _world.Services.Notices.Current.Where(condition => condition.Kind == kind);
}
