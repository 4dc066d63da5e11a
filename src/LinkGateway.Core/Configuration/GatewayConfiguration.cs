using System.Text;
using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>The whole of gateway.json: who the gateway is, whom it knows, and what may go where.</summary>
/// <remarks>
/// Immutable. What <see cref="Parse"/> and <see cref="Load"/> return has been checked, and its paths are absolute. The summaries of the
/// configuration types are the descriptions in <c>gateway.schema.json</c>: they speak to operators.
/// </remarks>
public sealed record GatewayConfiguration
{
    /// <summary>The JSON Schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Who this gateway is.</summary>
    public required GatewaySettings Gateway { get; init; }

    /// <summary>Where it keeps its data.</summary>
    public required DataSettings Data { get; init; }

    /// <summary>The addresses that it listens on; at least one.</summary>
    public required IReadOnlyList<ListenerSettings> Listeners { get; init; }

    /// <summary>Which stack carries SOAP messages between the listeners and the services.</summary>
    public SoapHost SoapHost { get; init; } = SoapHost.Kestrel;

    /// <summary>Where operators reach it; null means that none do.</summary>
    public OperatorSettings? Operator { get; init; }

    /// <summary>With what receipts are signed, and whose are believed.</summary>
    public ReceiptSettings Receipts { get; init; } = new();

    /// <summary>Who it knows.</summary>
    public IReadOnlyList<ParticipantSettings> Participants { get; init; } = [];

    /// <summary>The contracts of synchronous interfaces; null means that none are served.</summary>
    public CatalogueSettings? Catalogue { get; init; }

    /// <summary>What is exchanged.</summary>
    public IReadOnlyList<LinkageInterface> Interfaces { get; init; } = [];

    /// <summary>Times that routes, planned stops and expected files refer to.</summary>
    public IReadOnlyList<CalendarSettings> Calendars { get; init; } = [];

    /// <summary>How receivers are reached.</summary>
    public IReadOnlyList<Destination> Destinations { get; init; } = [];

    /// <summary>Inboxes of other gateways from which this gateway fetches for receivers behind it.</summary>
    public IReadOnlyList<PullSettings> Pulls { get; init; } = [];

    /// <summary>Folders of senders' sides from which this gateway takes files in.</summary>
    public IReadOnlyList<WatchSettings> Watches { get; init; } = [];

    /// <summary>What may go from whom to whom; everything else is refused.</summary>
    public IReadOnlyList<RouteSettings> Routes { get; init; } = [];

    /// <summary>Files that must come by a time of day.</summary>
    public IReadOnlyList<ExpectedFile> Expected { get; init; } = [];

    /// <summary>
    /// The classes of deliveries in their order, which decides where weights leave two alike. Must hold production, the class of routes
    /// that name none.
    /// </summary>
    public IReadOnlyList<ClassSettings> Classes { get; init; } = ClassSettings.Normal;

    /// <summary>The same classes in a disaster and while things return to normal.</summary>
    public ModeSettings Modes { get; init; } = new();

    /// <summary>How long payloads and the journal are kept.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Whom it tells by itself when something is wrong.</summary>
    public NoticeSettings Notices { get; init; } = new();

    /// <summary>Every limit, with its default.</summary>
    public LimitSettings Limits { get; init; } = new();

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">Path of <c>gateway.json</c>; relative paths in it are taken from its folder.</param>
    /// <param name="host">Files and environment; null means those of this process.</param>
    /// <returns>The snapshot, or every error. A file that cannot be read is an error at <c>$</c>, not an exception.</returns>
    public static ConfigurationResult Load(string path, IConfigurationHost? host = null)
    {
        host ??= ConfigurationHost.Instance;
        var fullPath = Path.GetFullPath(path);
        byte[] json;
        try
        {
            json = host.ReadFile(fullPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new() { Errors = [new("$", $"the file {fullPath} cannot be read: {e.Message}", "Check the path and the permissions")] };
        }
        return ConfigurationReader.Read(json, Path.GetDirectoryName(fullPath)!, host);
    }

    /// <summary>Checks a text.</summary>
    /// <param name="json">The content of <c>gateway.json</c>; comments and trailing commas are allowed.</param>
    /// <param name="basePath">Folder from which relative paths are taken.</param>
    /// <param name="host">Files and environment; null means those of this process.</param>
    /// <returns>The snapshot, or every error.</returns>
    public static ConfigurationResult Parse(string json, string basePath, IConfigurationHost? host = null) =>
        ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), Path.GetFullPath(basePath), host ?? ConfigurationHost.Instance);
}
