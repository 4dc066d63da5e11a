using System.Collections.Concurrent;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Directory;

namespace LinkGateway.Simulation.Nights;

/// <summary>Who is connected with whom.</summary>
/// <param name="Name">For the trace.</param>
/// <param name="Hops">By receiver, then by gateway: how it goes on. The first gateway is the entry.</param>
sealed record Topology(string Name, IReadOnlyDictionary<string, Dictionary<string, Hop>> Hops)
{
    public const string Origin = "origin";
    public const string Interface = "kaoku-ido";

    /// <summary>Files up to this size ride in the journal.</summary>
    public const int InlineBytes = 700;

    /// <summary>Small, so that a file of some chunks costs nothing; some sectors, so that a chunk can tear.</summary>
    public const int ChunkSize = 2048;

    static readonly ConcurrentDictionary<(string, string, OnExists, int, RouteOrder), ConfigurationSnapshot> Snapshots = new();

    public static IReadOnlyList<Topology> All { get; } =
    [
        Of("a folder", ("tax", [("gw-a", Hop.Folder)])),
        Of("two gateways", ("tax", Chain("gw-a", "gw-b"))),
        Of("three gateways", ("tax", Chain("gw-a", "gw-b", "gw-c"))),
        Of("two receivers", ("tax", Chain("gw-a", "gw-b")), ("houses", Chain("gw-a", "gw-b"))),
        Of("here and there", ("tax", Chain("gw-a", "gw-b")), ("houses", [("gw-a", Hop.Folder)])),
        Of("two ways", ("tax",
            [("gw-a", Hop.To("gw-b", "gw-d")), ("gw-b", Hop.To("gw-c")), ("gw-d", Hop.To("gw-c")), ("gw-c", Hop.Folder)])),
        Of("a straight way and one around", ("tax",
            [("gw-a", Hop.To("gw-c", "gw-b")), ("gw-b", Hop.To("gw-c")), ("gw-c", Hop.Folder)])),
        Of("an inbox", ("tax", [("gw-a", Hop.Inbox)])),
        Of("an inbox behind another gateway", ("tax", [("gw-a", Hop.To("gw-b")), ("gw-b", Hop.Inbox)])),
        Of("two stores", ("tax", [("gw-a", new Hop(["gw-b"], ["gw-c"])), ("gw-b", Hop.Folder), ("gw-c", Hop.Folder)])),
    ];

    public IReadOnlyList<string> Receivers { get; } = [.. Hops.Keys];

    public IReadOnlyList<string> Gateways { get; } = [.. Hops.Values.SelectMany(hops => hops.Keys).Distinct()];

    public string Entry => Gateways[0];

    /// <summary>Pairs of gateways that talk with each other.</summary>
    public IReadOnlyList<(string, string)> Lines { get; } =
        [.. Hops.Values.SelectMany(hops => hops.SelectMany(hop => hop.Value.All.Select(next => (hop.Key, next)))).Distinct()];

    /// <summary>Whether a file may go to another place than the usual one.</summary>
    public bool HasStores { get; } = Hops.Values.Any(hops => hops.Values.Any(hop => hop.Stores.Count > 0));

    /// <summary>The receivers whose inboxes lie at a gateway.</summary>
    public IEnumerable<string> InboxesAt(string gateway) =>
        Hops.Where(hops => hops.Value.TryGetValue(gateway, out var hop) && hop.IsInbox).Select(hops => hops.Key);

    /// <summary>The receivers whose folders lie at a gateway.</summary>
    public IEnumerable<string> ReceiversAt(string gateway) =>
        Hops.Where(hops => hops.Value.TryGetValue(gateway, out var hop) && hop.IsFolder).Select(hops => hops.Key);

    static Topology Of(string name, params (string Receiver, (string Gateway, Hop Hop)[] Hops)[] receivers) => new(
        name, receivers.ToDictionary(item => item.Receiver, item => item.Hops.ToDictionary(hop => hop.Gateway, hop => hop.Hop)));

    static (string, Hop)[] Chain(params string[] gateways) =>
        [.. gateways.Select((id, index) => (id, index + 1 < gateways.Length ? Hop.To(gateways[index + 1]) : Hop.Folder))];

    public ConfigurationSnapshot Configure(string gateway, OnExists onExists, int chunksInFlight, RouteOrder order) =>
        Snapshots.GetOrAdd((Name, gateway, onExists, chunksInFlight, order), _ => Build(gateway, onExists, chunksInFlight, order));

    ConfigurationSnapshot Build(string gateway, OnExists onExists, int chunksInFlight, RouteOrder order)
    {
        var hops = Hops
            .Where(item => item.Value.ContainsKey(gateway))
            .Select(item => (Receiver: item.Key, Hop: item.Value[gateway])).ToList();

        // Whoever takes chunks one by one takes files one by one too, and is left alone after the first miss.
        int? concurrency = chunksInFlight == 1 ? 1 : null;
        var outage = new OutageSettings { Misses = chunksInFlight };
        List<Destination> destinations =
        [
            .. ReceiversAt(gateway).Select(id => new FolderDestination
            {
                Id = $"folder-{id}",
                Path = Places.FolderOf(id),
                OnExists = onExists,
                Concurrency = concurrency,
                Outage = outage,
                Drain = 1,
            }),
            .. InboxesAt(gateway).Select(id => new InboxDestination { Id = $"inbox-{id}", Lease = TimeSpan.FromMinutes(1) }),
            .. hops.SelectMany(item => item.Hop.All).Distinct().Select(id => new GatewayDestination
            {
                Id = $"to-{id}",
                Url = new Uri($"https://{id}.example/batch"),
                Gateway = id,
                Credentials = new OutboundCredentials(),
                ChunksInFlight = chunksInFlight,
                Concurrency = concurrency,
                Outage = outage,
                Drain = 1,
            }),
        ];
        var configuration = new GatewayConfiguration
        {
            Gateway = new GatewaySettings { Id = gateway, Environment = OperatingEnvironment.Test },
            Data = new DataSettings { Directory = "/data" },
            Listeners = [],
            Participants =
            [
                new ParticipantSettings { Id = Origin },
                .. Receivers.Select(id => new ParticipantSettings { Id = id }),
                .. Gateways.Where(id => id != gateway)
                    .Select(id => new ParticipantSettings { Id = id, Kind = ParticipantKind.Gateway, MayForwardFor = ["*"] }),
            ],
            Interfaces = [new LinkageInterface { Id = Interface, Kinds = [FileKind.Full] }],
            Destinations = destinations,
            Routes =
            [
                .. hops.Select(item => new RouteSettings
                {
                    Origin = Origin,
                    Interface = Interface,
                    Receiver = item.Receiver,
                    Destination = item.Hop.IsFolder ? $"folder-{item.Receiver}"
                        : item.Hop.IsInbox ? $"inbox-{item.Receiver}"
                        : $"to-{item.Hop.Ways[0]}",
                    Alternates = [.. item.Hop.Ways.Skip(1).Select(id => $"to-{id}")],
                    AlternateStores = [.. item.Hop.Stores.Select(id => $"to-{id}")],
                    Order = item.Hop.All.Any() ? RouteOrder.None : order,
                    ReturnAfter = TimeSpan.FromMinutes(2),
                    Retry = new RetrySettings
                    {
                        Attempts = 1000,
                        FirstDelay = TimeSpan.FromSeconds(2),
                        MaxDelay = TimeSpan.FromMinutes(1),
                    },
                }),
            ],
            // Short, so that payloads go while others of the same night are still on their way.
            Retention = new RetentionSettings { Delivered = TimeSpan.FromMinutes(2), Strays = TimeSpan.FromMinutes(10) },
            Limits = new LimitSettings
            {
                InlinePayloadBytes = InlineBytes,
                MaxChunks = 64,
                ChunkSizeMin = ChunkSize,
                ChunkSizeDefault = ChunkSize,
                ChunkSizeUndeclared = ChunkSize,
                SetExpiry = TimeSpan.FromHours(2),
            },
        };
        return new ConfigurationSnapshot(
            configuration, new Dictionary<string, System.Security.Cryptography.X509Certificates.X509Certificate2>(),
            new Dictionary<string, IReadOnlyList<DateOnly>>());
    }
}
