using System.Text.Json.Nodes;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Transfers;

/// <summary>Who may hand in what. OpenTransfer asks without a byte being sent; SubmitFile asks the same.</summary>
public class AdmissionTests
{
    static readonly TransferReference Own = Reference("a");
    static readonly TransferReference Forwarded = new() { Origin = Origin, TransferId = "a", Receiver = Receiver };

    [Fact]
    public Task An_origin_may_open_its_own() => AdmittedAsync(Origin, Own);

    [Fact]
    public Task An_origin_may_state_itself() => AdmittedAsync(Origin, Own with { Origin = Origin });

    [Fact]
    public Task Somebody_unknown_may_nothing() => RefusedAsync("LG-3005", "nobody", Own);

    [Fact]
    public Task A_participant_may_not_state_another_origin() => RefusedAsync("LG-3001", Stranger, Forwarded);

    [Fact]
    public Task An_operator_may_not_hand_in() => RefusedAsync("LG-3001", Operator, Own);

    [Fact]
    public Task A_gateway_may_state_an_origin_that_it_forwards_for() => AdmittedAsync("gw-b", Forwarded, hops: ["gw-b"]);

    [Fact]
    public Task A_gateway_may_not_state_an_origin_that_it_does_not_forward_for() => RefusedAsync(
        "LG-3001", "gw-b", Forwarded, hops: ["gw-b"],
        configuration: json => Participant(json, "gw-b")["mayForwardFor"] = new JsonArray(Stranger));

    [Fact]
    public Task The_manifest_names_the_same_origin() => RefusedAsync("LG-1003", Origin, Own, Manifest("a") with { Origin = Stranger });

    [Fact]
    public Task The_manifest_names_the_same_transfer() => RefusedAsync("LG-1003", Origin, Reference("b"));

    [Fact]
    public Task The_reference_need_not_repeat_the_transfer_id() => AdmittedAsync(Origin, new TransferReference());

    [Fact]
    public Task At_the_entry_no_receiver_is_stated() => RefusedAsync("LG-1003", Origin, Own with { Receiver = Receiver });

    [Fact]
    public Task At_the_entry_no_replay_is_stated() => RefusedAsync("LG-1003", Origin, Own with { Replay = 1 });

    [Fact]
    public Task A_replay_is_not_negative() => RefusedAsync("LG-1003", "gw-b", Forwarded with { Replay = -1 }, hops: ["gw-b"]);

    [Fact]
    public Task At_the_entry_there_are_no_hops() => RefusedAsync("LG-1003", Origin, Own, hops: ["gw-b"]);

    [Fact]
    public Task A_forward_states_its_receiver() => RefusedAsync("LG-1002", "gw-b", Forwarded with { Receiver = null }, hops: ["gw-b"]);

    [Fact]
    public Task A_forward_goes_to_a_receiver_of_the_manifest() =>
        RefusedAsync("LG-1003", "gw-b", Forwarded with { Receiver = OtherReceiver }, hops: ["gw-b"]);

    [Fact]
    public Task A_forward_states_its_hops() => RefusedAsync("LG-1002", "gw-b", Forwarded);

    [Fact]
    public Task A_forward_that_was_here_before_is_a_loop() => RefusedAsync("LG-3004", "gw-b", Forwarded, hops: ["gw-a", "gw-b"]);

    [Fact]
    public Task A_way_of_more_than_16_hops_is_refused() =>
        RefusedAsync("LG-4001", "gw-b", Forwarded, hops: [.. Enumerable.Range(0, 17).Select(hop => $"gw-{hop}")]);

    [Fact]
    public Task A_forward_keeps_its_chunk_size() => RefusedAsync("LG-1003", "gw-b", Forwarded, hops: ["gw-b"], chunkSize: null);

    [Theory]
    [InlineData("production")]
    [InlineData("training")]
    [InlineData("Test")]
    public Task Environments_are_never_mixed(string environment) =>
        RefusedAsync("LG-3003", Origin, Own, Manifest("a") with { Environment = environment });

    [Fact]
    public Task An_interface_must_be_known() => RefusedAsync("LG-3002", Origin, Own, Manifest("a") with { InterfaceId = "other" });

    [Fact]
    public async Task What_no_route_names_is_refused()
    {
        await RefusedAsync("LG-3002", Origin, Own, Manifest("a") with { Receivers = [Stranger] });
        await RefusedAsync("LG-3002", Origin, Own, Manifest("a") with { Receivers = [Receiver, Stranger] });
        await RefusedAsync("LG-3002", Stranger, Own, Manifest("a") with { Origin = Stranger });
    }

    [Fact]
    public Task A_route_for_any_origin_serves_every_origin() => AdmittedAsync(
        Stranger, Own, Manifest("a") with { Origin = Stranger }, configuration: json => json["routes"]![0]!["origin"] = "*");

    [Fact]
    public Task A_kind_must_be_one_of_the_interface() => RefusedAsync("LG-1003", Origin, Own, Manifest("a") with { Kind = "difference" });

    [Theory]
    [InlineData(null, true)]
    [InlineData("1.0", true)]
    [InlineData("2.0", false)]
    [InlineData("3.0", false)]
    public async Task A_version_must_be_in_force(string? version, bool admitted)
    {
        var manifest = Manifest("a") with { InterfaceVersion = version };
        if (admitted) await AdmittedAsync(Origin, Own, manifest);
        else await RefusedAsync("LG-1003", Origin, Own, manifest);
    }

    public static TheoryData<string, string, Func<Manifest, Manifest>> BadManifests() => new()
    {
        { "LG-1002", "manifest.receiver", manifest => manifest with { Receivers = [] } },
        { "LG-1003", "manifest.receiver", manifest => manifest with { Receivers = [Receiver, Receiver] } },
        { "LG-1003", "manifest.receiver", manifest => manifest with { Receivers = [.. Enumerable.Range(0, 1001).Select(n => $"r{n}")] } },
        { "LG-1003", "manifest.transferId", manifest => manifest with { TransferId = "" } },
        { "LG-1003", "manifest.transferId", manifest => manifest with { TransferId = new string('a', 256) } },
        { "LG-1003", "manifest.transferId", manifest => manifest with { TransferId = "a\nb" } },
        { "LG-1003", "manifest.fileName", manifest => manifest with { FileName = "" } },
        { "LG-1003", "manifest.fileName", manifest => manifest with { FileName = ".." } },
        { "LG-1003", "manifest.fileName", manifest => manifest with { FileName = "../a.csv" } },
        { "LG-1003", "manifest.fileName", manifest => manifest with { FileName = "c:\\a.csv" } },
        { "LG-1003", "manifest.fileName", manifest => manifest with { FileName = "a\0.csv" } },
        { "LG-1003", "manifest.fileName", manifest => manifest with { FileName = new string('a', 256) } },
        { "LG-1003", "manifest.fileName", manifest => manifest with { FileName = "a" + (char)0xD842 } },
        { "LG-1003", "manifest.setId", manifest => manifest with { SetId = "a" + (char)0xFFFF } },
        { "LG-1003", "manifest.property", manifest => manifest with { Properties = [new NameValue("a", "b" + (char)0xDFB7)] } },
        { "LG-1003", "manifest.size", manifest => manifest with { Size = -1 } },
        { "LG-1003", "manifest.recordCount", manifest => manifest with { RecordCount = -1 } },
        { "LG-1003", "manifest.notAfter", manifest => manifest with { NotAfter = DateTimeOffset.UnixEpoch } },
        { "LG-1003", "manifest.originOrganisation", manifest => manifest with { OriginOrganisation = "142052" } },
        { "LG-1003", "manifest.receiverOrganisation", manifest => manifest with { ReceiverOrganisation = "abc" } },
        { "LG-1003", "manifest.charset", manifest => manifest with { Charset = "utf-8\r\n" } },
        { "LG-1003", "manifest.legalBasis", manifest => manifest with { LegalBasis = new string('法', 1001) } },
        { "LG-1003", "manifest.property", manifest => manifest with { Properties = [.. Enumerable.Repeat(new NameValue("a", "b"), 101)] } },
        { "LG-1003", "manifest.property", manifest => manifest with { Properties = [new NameValue("a", new string('b', 1001))] } },
        { "LG-1002", "manifest.setId", manifest => manifest with { SetIndex = 1 } },
        { "LG-1002", "manifest.setIndex", manifest => manifest with { SetId = "s", SetCount = 2 } },
        { "LG-1002", "manifest.setCount", manifest => manifest with { SetId = "s", SetIndex = 1 } },
        { "LG-1003", "manifest.setIndex", manifest => manifest with { SetId = "s", SetIndex = 3, SetCount = 2 } },
        { "LG-1003", "manifest.setIndex", manifest => manifest with { SetId = "s", SetIndex = 0, SetCount = 2 } },
    };

    [Theory]
    [MemberData(nameof(BadManifests))]
    public async Task A_manifest_that_breaks_a_rule_is_refused_with_its_field(string code, string field, Func<Manifest, Manifest> spoil)
    {
        await using var world = new CoreWorld();

        var outcome = await OpenAsync(world, Origin, new TransferReference(), spoil(Manifest("a")), [], ChunkSize);

        Assert.Equal((code, field), (outcome.Refusal?.Code, outcome.Refusal!.Arguments[0]));
    }

    [Fact]
    public async Task A_refused_transfer_leaves_nothing_behind()
    {
        await using var world = new CoreWorld();

        await world.SubmitAsync(Manifest("a") with { Environment = "production" }, Bytes(10));

        Assert.Null(await world.Journal.FindTransferAsync(Identity("a"), Never));
        Assert.Empty(world.Spool.Operations);
    }

    static JsonNode Participant(JsonNode json, string id) =>
        json["participants"]!.AsArray().Single(participant => (string?)participant!["id"] == id)!;

    static async Task AdmittedAsync(
        string caller, TransferReference reference, Manifest? manifest = null, string[]? hops = null,
        Action<JsonNode>? configuration = null)
    {
        await using var world = new CoreWorld(configuration: configuration);
        var outcome = await OpenAsync(world, caller, reference, manifest ?? Manifest("a"), hops ?? [], ChunkSize);
        Assert.True(outcome.Succeeded, outcome.Refusal?.ToString());
    }

    static async Task RefusedAsync(
        string code, string caller, TransferReference reference, Manifest? manifest = null, string[]? hops = null,
        Action<JsonNode>? configuration = null, long? chunkSize = ChunkSize)
    {
        await using var world = new CoreWorld(configuration: configuration);
        var outcome = await OpenAsync(world, caller, reference, manifest ?? Manifest("a"), hops ?? [], chunkSize);
        Assert.Equal(code, outcome.Refusal?.Code);
    }

    static ValueTask<Contract.Errors.Outcome<OpenTransferResult>> OpenAsync(
        CoreWorld world, string caller, TransferReference reference, Manifest manifest, string[] hops, long? chunkSize) =>
        world.Transfers.OpenTransferAsync(
            caller, new OpenTransferRequest { Transfer = reference, Manifest = manifest, Hops = hops, ChunkSize = chunkSize }, Never);
}
