using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Channels;
using LinkGateway.Testing.Time;

namespace LinkGateway.Relay.Tests.Channels;

/// <summary>Channels to the destinations that a test names, on a clock that the test moves.</summary>
sealed class ChannelWorld : IAsyncDisposable, IConfigurationHost
{
    const string Path = "/etc/gateway.json";

    // Longer than anything takes that works: what hangs fails.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly ConfigurationSource _source;
    string _configuration;

    readonly IReadOnlyDictionary<string, byte[]> _files;

    ChannelWorld(JsonArray destinations, IReadOnlyDictionary<string, byte[]> files)
    {
        _files = files;
        _configuration = Configuration(destinations);
        var result = GatewayConfiguration.Load(Path, this);
        Assert.Empty(result.Errors);
        _source = new ConfigurationSource(result.Snapshot!, Path, this);
        Channels = new ReceiverChannels(_source, this, Time, Events);
    }

    public ManualTime Time { get; } = new();

    public RecordingEvents Events { get; } = new();

    public ReceiverChannels Channels { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public IReadOnlyList<Destination> Destinations => _source.Current.Configuration.Destinations;

    public static ChannelWorld Of(params IEnumerable<JsonObject> destinations) =>
        new([.. destinations], new Dictionary<string, byte[]>());

    public static ChannelWorld Of(JsonObject destination, string path, byte[] file) =>
        new([destination], new Dictionary<string, byte[]> { [path] = file });

    public static ChannelWorld Of(Uri url) => Of(Service("a", url));

    public static JsonObject Service(string id, Uri url, Action<JsonNode>? change = null)
    {
        var service = new JsonObject { ["id"] = id, ["kind"] = "service", ["url"] = url.ToString() };
        change?.Invoke(service);
        return service;
    }

    /// <summary>A call of a few bytes.</summary>
    public static OutgoingCall Call(Destination destination, string body = "<call/>", bool safe = false) => new()
    {
        Address = ((ServiceDestination)destination).Url,
        ContentType = "text/xml; charset=utf-8",
        ContentLength = Encoding.UTF8.GetByteCount(body),
        Headers = [new("SOAPAction", "\"urn:call\"")],
        WriteAsync = async (output, ct) => await output.WriteAsync(Encoding.UTF8.GetBytes(body), ct),
        Safe = safe,
        CanRepeat = true,
    };

    /// <summary>A call of many bytes that can be written once.</summary>
    public static OutgoingCall Upload(Destination destination, long length, bool lengthKnown = true) => new()
    {
        Address = ((ServiceDestination)destination).Url,
        ContentType = "multipart/related",
        ContentLength = lengthKnown ? length : null,
        WriteAsync = (output, ct) => WriteZerosAsync(output, length, ct),
    };

    public static async ValueTask WriteZerosAsync(PipeWriter output, long length, CancellationToken ct)
    {
        for (var left = length; left > 0;)
        {
            var memory = output.GetMemory();
            var count = (int)Math.Min(memory.Length, left);
            memory.Span[..count].Clear();
            output.Advance(count);
            left -= count;
            await output.FlushAsync(ct);
        }
    }

    public static async Task<string> TextAsync(ReceiverAnswer answer)
    {
        using var stream = new MemoryStream();
        await answer.Body.CopyToAsync(stream).WaitAsync(Patience);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(2, patience.Token);
    }

    public Task<Outcome<ReceiverAnswer>> SendAsync(bool safe = false, CancellationToken ct = default) =>
        SendAsync(destination => Call(destination, safe: safe), ct);

    public Task<Outcome<ReceiverAnswer>> SendAsync(Func<Destination, OutgoingCall> prepare, CancellationToken ct = default) =>
        Channels.SendAsync(Destinations, prepare, ct).AsTask().WaitAsync(Patience, CancellationToken.None);

    /// <summary>Sends and reads the answer, whatever its status.</summary>
    public async Task<string> AnswerAsync(bool safe = false)
    {
        var outcome = await SendAsync(safe);
        Assert.True(outcome.Succeeded, $"{outcome.Refusal}");
        await using var answer = outcome.Value;
        return $"{answer.DestinationId} {answer.Status} {await TextAsync(answer)}";
    }

    public async Task<Refusal> RefusalAsync(bool safe = false) => Refused(await SendAsync(safe));

    public static Refusal Refused(Outcome<ReceiverAnswer> outcome)
    {
        Assert.False(outcome.Succeeded);
        return outcome.Refusal;
    }

    /// <summary>Reads an answer that breaks.</summary>
    public static async Task<Refusal> BreakAsync(Outcome<ReceiverAnswer> outcome)
    {
        Assert.True(outcome.Succeeded, $"{outcome.Refusal}");
        await using var answer = outcome.Value;
        return (await Assert.ThrowsAsync<AnswerBrokenException>(() => TextAsync(answer))).Refusal;
    }

    public void AssertNothingUnderWay()
    {
        foreach (var destination in Destinations)
        {
            Assert.Equal(0, Channels.ChannelOf(destination).Slots.Taken);
            Assert.Equal(0, Channels.ChannelOf(destination).Slots.Waiting);
        }
    }

    public void Reload(params IEnumerable<JsonObject> destinations)
    {
        _configuration = Configuration([.. destinations]);
        Assert.True(_source.Reload().Succeeded);
    }

    public byte[] ReadFile(string path) => path == Path ? Encoding.UTF8.GetBytes(_configuration) : _files[path];

    public string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    public ValueTask DisposeAsync() => Channels.DisposeAsync();

    static string Configuration(JsonArray destinations) => new JsonObject
    {
        ["gateway"] = new JsonObject { ["id"] = "gw-a", ["environment"] = "test" },
        ["data"] = new JsonObject { ["directory"] = "data" },
        ["listeners"] = new JsonArray(new JsonObject { ["url"] = "https://127.0.0.1:0" }),
        ["destinations"] = destinations,
    }.ToJsonString();
}
