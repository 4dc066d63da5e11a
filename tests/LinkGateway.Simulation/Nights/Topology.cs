using System.Collections.Concurrent;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Directory;

namespace LinkGateway.Simulation.Nights;

/// <summary>Who is connected with whom: for each receiver, the gateways that lead to the folder that it watches.</summary>
/// <param name="Name">For the trace.</param>
/// <param name="Ways">By receiver: ids of gateways, the entry first.</param>
sealed record Topology(string Name, IReadOnlyDictionary<string, string[]> Ways)
{
    public const string Origin = "origin";
    public const string Interface = "kaoku-ido";

    /// <summary>Files up to this size ride in the journal.</summary>
    public const int InlineBytes = 700;

    /// <summary>Small, so that a file of some chunks costs nothing; some sectors, so that a chunk can tear.</summary>
    public const int ChunkSize = 2048;

    static readonly ConcurrentDictionary<(string, string, OnExists, int), ConfigurationSnapshot> Snapshots = new();

    public static IReadOnlyList<Topology> All { get; } =
    [
        new("a folder", new Dictionary<string, string[]> { ["tax"] = ["gw-a"] }),
        new("two gateways", new Dictionary<string, string[]> { ["tax"] = ["gw-a", "gw-b"] }),
        new("three gateways", new Dictionary<string, string[]> { ["tax"] = ["gw-a", "gw-b", "gw-c"] }),
        new("two receivers", new Dictionary<string, string[]> { ["tax"] = ["gw-a", "gw-b"], ["houses"] = ["gw-a", "gw-b"] }),
        new("here and there", new Dictionary<string, string[]> { ["tax"] = ["gw-a", "gw-b"], ["houses"] = ["gw-a"] }),
    ];

    public IReadOnlyList<string> Receivers { get; } = [.. Ways.Keys];

    public IReadOnlyList<string> Gateways { get; } = [.. Ways.Values.SelectMany(way => way).Distinct()];

    /// <summary>The receivers whose folders lie at a gateway.</summary>
    public IEnumerable<string> ReceiversAt(string gateway) => Ways.Where(way => way.Value[^1] == gateway).Select(way => way.Key);

    public string Entry => Gateways[0];

    /// <summary>Pairs of gateways that talk with each other.</summary>
    public IReadOnlyList<(string, string)> Lines { get; } = [.. Ways.Values.SelectMany(way => way.Zip(way.Skip(1))).Distinct()];

    public ConfigurationSnapshot Configure(string gateway, OnExists onExists, int chunksInFlight) =>
        Snapshots.GetOrAdd((Name, gateway, onExists, chunksInFlight), _ => Build(gateway, onExists, chunksInFlight));

    ConfigurationSnapshot Build(string gateway, OnExists onExists, int chunksInFlight)
    {
        var ways = Ways.Where(way => way.Value.Contains(gateway)).ToList();
        var next = ways.ToDictionary(way => way.Key, way => way.Value.SkipWhile(id => id != gateway).Skip(1).FirstOrDefault());
        var destinations = new List<Destination>();
        destinations.AddRange(next.Where(way => way.Value is null).Select(way =>
            new FolderDestination { Id = $"folder-{way.Key}", Path = Places.FolderOf(way.Key), OnExists = onExists }));
        destinations.AddRange(next.Values.OfType<string>().Distinct().Select(id => new GatewayDestination
        {
            Id = $"to-{id}",
            Url = new Uri($"https://{id}.example/batch"),
            Gateway = id,
            Credentials = new OutboundCredentials(),
            ChunksInFlight = chunksInFlight,
        }));
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
                .. ways.Select(way => new RouteSettings
                {
                    Origin = Origin,
                    Interface = Interface,
                    Receiver = way.Key,
                    Destination = next[way.Key] is { } id ? $"to-{id}" : $"folder-{way.Key}",
                    Retry = new RetrySettings
                    {
                        Attempts = 1000,
                        FirstDelay = TimeSpan.FromSeconds(2),
                        MaxDelay = TimeSpan.FromMinutes(1),
                    },
                }),
            ],
            Limits = new LimitSettings
            {
                InlinePayloadBytes = InlineBytes,
                MaxChunks = 64,
                ChunkSizeMin = ChunkSize,
                ChunkSizeDefault = ChunkSize,
                ChunkSizeUndeclared = ChunkSize,
            },
        };
        return new ConfigurationSnapshot(configuration, new Dictionary<string, System.Security.Cryptography.X509Certificates.X509Certificate2>());
    }
}
