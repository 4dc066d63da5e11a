using System.Text.Json.Nodes;
using LinkGateway.Contract.Operator;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Operator;

/// <summary>What a gateway finds in a configuration that it is asked about.</summary>
public sealed class ConfigurationCheckTests : IAsyncLifetime
{
    TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await OperatorDesk.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task The_configuration_in_force_is_well() => Assert.Empty(await CheckAsync(_ => { }));

    [Fact]
    public async Task Errors_of_the_text_are_found_with_their_paths()
    {
        var finding = Assert.Single(await CheckAsync(json => json["routes"]![0]!["destination"] = "nowhere"));

        Assert.Equal((ConfigurationFinding.Error, "$.routes[0].destination"), (finding.Severity, finding.Path));
    }

    [Fact]
    public async Task What_needs_a_restart_is_a_warning()
    {
        var finding = Assert.Single(await CheckAsync(json => json["gateway"]!["timeZone"] = "UTC"));

        Assert.Equal((ConfigurationFinding.Warning, "$.gateway"), (finding.Severity, finding.Path));
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_found() => await HasErrorAsync(
        "$.destinations[0].path", json => json["destinations"]![0]!["path"] = "elsewhere");

    [Fact]
    public async Task Secrets_of_both_directions_are_looked_for_where_the_gateway_runs()
    {
        await HasErrorAsync(
            "$.participants[0].credentials.basic.password",
            json => json["participants"]![0]!["credentials"]!["basic"]!["password"] = "env:NOT_SET_ANYWHERE");
        await HasErrorAsync("$.destinations[1].credentials.basic.password", json => json["destinations"]!.AsArray().Add(JsonNode.Parse(
            """
            { "id": "push", "kind": "receiver", "url": "https://push.example/files",
              "credentials": { "basic": { "user": "gw", "password": "file:nothing-here" } } }
            """)));
    }

    [Fact]
    public async Task A_certificate_that_does_not_open_is_found() => await HasErrorAsync(
        "$.receipts.certificate",
        json => json["receipts"] = JsonNode.Parse("""{ "certificate": { "pem": "juki.cer", "key": "password" } }"""));

    [Fact]
    public async Task Certificates_that_have_expired_are_errors_and_those_that_soon_will_warnings()
    {
        _gateway.Folder.MakeCertificate("old", -30, -1).Dispose();
        _gateway.Folder.MakeCertificate("late", -30, 7).Dispose();

        var findings = await CheckAsync(
            json => json["participants"]![2]!["credentials"]!["certificates"] = new JsonArray("juki.cer", "old.cer", "late.cer"));

        var found = findings.Where(finding => finding.Path.StartsWith("$.participants[2]", StringComparison.Ordinal));
        Assert.Equal(
            [(ConfigurationFinding.Error, "$.participants[2].credentials.certificates[1]"),
                (ConfigurationFinding.Warning, "$.participants[2].credentials.certificates[2]")],
            found.Select(finding => (finding.Severity, finding.Path)));
    }

    [Fact]
    public async Task A_service_without_a_contract_is_found_and_a_broken_file_named()
    {
        var catalogue = Directory.CreateDirectory(Path.Combine(_gateway.Folder.Root, "catalogue")).FullName;
        await File.WriteAllTextAsync(Path.Combine(catalogue, "broken.wsdl"), "<definitions");
        void WithCatalogue(JsonNode json)
        {
            json["catalogue"] = new JsonObject { ["folder"] = "catalogue" };
            json["interfaces"]!.AsArray().Add(JsonNode.Parse(
                """{ "id": "lookup", "service": { "name": "Lookup", "wsdl": "lookup.wsdl" } }"""));
        }

        var findings = await CheckAsync(WithCatalogue);

        Assert.Contains(findings, finding => finding is { Severity: ConfigurationFinding.Error, Path: "$.interfaces[1].service" });
        Assert.Contains(findings, finding => finding.Path == "$.catalogue.folder"
            && finding.Problem.Contains("broken.wsdl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looking_leaves_no_trace_in_a_receivers_folder()
    {
        var folder = Path.Combine(_gateway.Folder.Root, "out");
        await CheckAsync(_ => { });

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_question_without_a_text_is_refused() => Assert.Equal(
        "LG-1002", (await _gateway.Operators().CheckConfigurationAsync(null!, CancellationToken.None)).Code());

    async Task HasErrorAsync(string path, Action<JsonNode> change) => Assert.Contains(
        await CheckAsync(change), finding => finding.Severity == ConfigurationFinding.Error && finding.Path == path);

    async Task<IReadOnlyList<ConfigurationFinding>> CheckAsync(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(await File.ReadAllTextAsync(_gateway.Folder.ConfigurationPath))!;
        change(json);
        var findings = (await _gateway.Operators().CheckConfigurationAsync(json.ToJsonString(), CancellationToken.None))
            .Answered().Findings;

        // Of the machine that runs the tests, and not of the configuration.
        return [.. findings.Where(finding => !finding.Problem.Contains("MiB are free", StringComparison.Ordinal))];
    }
}
