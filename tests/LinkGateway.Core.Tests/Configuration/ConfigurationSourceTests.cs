using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

public class ConfigurationSourceTests
{
    const string Path = "/etc/gateway.json";

    const string First = """
        {
          "gateway": { "id": "gw-a", "environment": "test" },
          "data": { "directory": "data" },
          "listeners": [{ "url": "https://127.0.0.1:0" }]
        }
        """;

    readonly TestHost _host = new() { Files = { [Path] = First } };
    readonly ConfigurationSource _source;
    readonly List<ConfigurationSnapshot> _changes = [];

    public ConfigurationSourceTests()
    {
        _source = new ConfigurationSource(GatewayConfiguration.Load(Path, _host).Snapshot!, Path, _host);
        _source.Changed += _changes.Add;
    }

    [Fact]
    public void A_good_file_replaces_the_snapshot_whole()
    {
        var before = _source.Current;
        _host.Files[Path] = First.TrimEnd()[..^1] + """, "participants": [{ "id": "new" }] }""";

        var result = _source.Reload();

        Assert.True(result.Succeeded);
        Assert.Same(result.Snapshot, _source.Current);
        Assert.Same(result.Snapshot, Assert.Single(_changes));
        Assert.NotNull(_source.Current.Directory.Find("new"));
        Assert.Null(before.Directory.Find("new"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{ "gateway": { "id": "gw-a", "environment": "test" }, "data": { "directory": "data" }, "listeners": [] }""")]
    public void A_bad_file_leaves_the_old_snapshot_in_force(string text)
    {
        var before = _source.Current;
        _host.Files[Path] = text;

        var result = _source.Reload();

        Assert.NotEmpty(result.Errors);
        Assert.Same(before, _source.Current);
        Assert.Empty(_changes);
    }

    [Fact]
    public void A_missing_file_leaves_the_old_snapshot_in_force()
    {
        _host.Files.Clear();

        Assert.False(_source.Reload().Succeeded);
        Assert.Equal("gw-a", _source.Current.Configuration.Gateway.Id);
    }

    [Theory]
    [InlineData("gw-a", "gw-b", "$.gateway")]
    [InlineData("\"data\" }", "\"other\" }", "$.data")]
    [InlineData("127.0.0.1", "127.0.0.2", "$.listeners")]
    [InlineData("\"data\":", "\"receipts\": { \"certificate\": { \"pfx\": \"x\" } }, \"data\":", "$.receipts.certificate")]
    [InlineData("\"data\":", "\"soapHost\": \"coreWcf\", \"data\":", "$.soapHost")]
    public void What_needs_a_restart_is_refused_with_its_path(string old, string changed, string path)
    {
        _host.Files[Path] = First.Replace(old, changed, StringComparison.Ordinal);

        Assert.Equal(path, Assert.Single(_source.Reload().Errors).Path);
        Assert.Equal("gw-a", _source.Current.Configuration.Gateway.Id);
    }

    [Fact]
    public void Listeners_of_operators_need_a_restart()
    {
        _host.Files[Path] = First.Replace("\"data\":", "\"operator\": {}, \"data\":", StringComparison.Ordinal);

        Assert.Equal("$.operator", Assert.Single(_source.Reload().Errors).Path);
        var next = GatewayConfiguration.Load(Path, _host).Configuration!;
        Assert.Equal("$.operator", Assert.Single(_source.NeedsRestart(next)).Path);
    }

    [Fact]
    public void The_same_file_reloads_without_errors() => Assert.Empty(_source.Reload().Errors);
}
