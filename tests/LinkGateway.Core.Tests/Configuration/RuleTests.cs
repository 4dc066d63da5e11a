using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

public class RuleTests
{
    static readonly string Hash = PasswordHash.Create("x", 10_000).ToString();

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("*")]
    public void Ids_have_a_fixed_form(string id) => SingleError("$.gateway.id", json => json["gateway"]!["id"] = id);

    [Fact]
    public void An_id_has_at_most_64_characters() => SingleError("$.gateway.id", json => json["gateway"]!["id"] = new string('a', 65));

    [Fact]
    public void Time_zones_must_be_known() => SingleError("$.gateway.timeZone", json => json["gateway"]!["timeZone"] = "Asia/Edo");

    [Fact]
    public void There_must_be_a_listener() => SingleError("$.listeners", json => json["listeners"] = new JsonArray());

    [Theory]
    [InlineData("ftp://127.0.0.1:21")]
    [InlineData("127.0.0.1:8443")]
    [InlineData("")]
    [InlineData("https://127.0.0.1:8443/batch")]
    [InlineData("https://user@127.0.0.1:8443")]
    [InlineData("http://192.0.2.1:8080")]
    public void A_listener_has_an_http_address_of_host_and_port(string url) =>
        SingleError("$.listeners[0].url", json => json["listeners"]![0]!["url"] = url);

    [Fact]
    public void Plain_http_beyond_loopback_must_be_allowed_by_name() => Snapshot(json =>
        json["listeners"]!.AsArray().Add(new JsonObject { ["url"] = "http://192.0.2.1:8080", ["allowPlainHttp"] = true }));

    [Fact]
    public void A_port_other_than_0_is_listened_on_once() => SingleError("$.listeners[2].url", json =>
    {
        json["listeners"]![0]!["url"] = "https://127.0.0.1:8443";
        json["listeners"]!.AsArray().Add(new JsonObject { ["url"] = "https://127.0.0.1:8443" });
    });

    [Fact]
    public void Plain_http_has_no_certificate() =>
        SingleError("$.listeners[1].certificate", json => json["listeners"]![1]!["certificate"] = new JsonObject { ["pfx"] = "x.pfx" });

    [Fact]
    public void Plain_http_cannot_require_client_certificates() =>
        SingleError("$.listeners[1].clientCertificates", json => json["listeners"]![1]!["clientCertificates"] = "require");

    [Fact]
    public void Operators_have_an_address_on_loopback_where_the_section_is_there_and_none_otherwise()
    {
        Assert.Null(Snapshot().Configuration.Operator);
        var settings = Snapshot(json => json["operator"] = new JsonObject()).Configuration.Operator!;
        Assert.Equal("https://127.0.0.1:8444/", Assert.Single(settings.Listeners).Url.AbsoluteUri);
    }

    [Fact]
    public void There_must_be_a_listener_for_operators() =>
        SingleError("$.operator.listeners", json => json["operator"] = JsonNode.Parse("""{ "listeners": [] }"""));

    [Theory]
    [InlineData("https://127.0.0.1:8444/operator")]
    [InlineData("http://192.0.2.1:8444")]
    public void A_listener_for_operators_is_held_to_the_same_rules(string url) => SingleError("$.operator.listeners[0].url",
        json => json["operator"] = new JsonObject { ["listeners"] = new JsonArray(new JsonObject { ["url"] = url }) });

    [Fact]
    public void No_address_is_for_participants_and_for_operators() => SingleError("$.operator.listeners[0].url", json =>
    {
        json["listeners"]![0]!["url"] = "https://127.0.0.1:8444";
        json["operator"] = new JsonObject();
    });

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{ "pfx": "x.pfx", "pem": "x.pem", "key": "x.key" }""", "")]
    [InlineData("""{ "pem": "x.pem" }""", ".key")]
    [InlineData("""{ "pfx": "x.pfx", "key": "x.key" }""", ".pem")]
    public void A_certificate_is_a_pfx_or_a_pem_with_its_key(string certificate, string where) =>
        SingleError("$.receipts.certificate" + where, json => json["receipts"]!["certificate"] = JsonNode.Parse(certificate));

    [Fact]
    public void A_hash_opens_no_certificate() => SingleError("$.receipts.certificate.password",
        json => json["receipts"]!["certificate"] = new JsonObject { ["pfx"] = "x.pfx", ["password"] = Hash });

    [Fact]
    public void An_issuer_is_trusted_once() => SingleError("$.receipts.trust[1].gateway", json =>
        json["receipts"]!["trust"]!.AsArray().Add(json["receipts"]!["trust"]![0]!.DeepClone()));

    [Fact]
    public void A_trusted_issuer_has_a_certificate() =>
        SingleError("$.receipts.trust[0].certificates", json => json["receipts"]!["trust"]![0]!["certificates"] = new JsonArray());

    [Fact]
    public void Participants_are_unique() => SingleError("$.participants[4].id", json =>
        json["participants"]!.AsArray().Add(new JsonObject { ["id"] = "142051-akiya" }));

    [Theory]
    [InlineData("142052")]
    [InlineData("1420")]
    [InlineData("１４２０５１")]
    public void Organisation_codes_are_checked(string code) =>
        SingleError("$.participants[0].organisationCode", json => json["participants"]![0]!["organisationCode"] = code);

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("a\tb")]
    public void User_names_have_no_colon(string user) => SingleError("$.participants[0].credentials.basic.user",
        json => json["participants"]![0]!["credentials"]!["basic"]!["user"] = user);

    [Fact]
    public void A_user_belongs_to_one_participant() => SingleError("$.participants[3].credentials.basic.user",
        json => json["participants"]![3]!["credentials"]!["basic"]!["user"] = "kaoku");

    [Fact]
    public void A_client_certificate_belongs_to_one_participant() => SingleError("$.participants[2].credentials.certificates[0]",
        json => json["participants"]![2]!["credentials"]!["certificates"]![0] = "kaoku.cer");

    [Fact]
    public void Credentials_hold_something() =>
        SingleError("$.participants[0].credentials", json => json["participants"]![0]!["credentials"] = new JsonObject());

    [Theory]
    [InlineData("mayForwardFor")]
    [InlineData("mayReceiveFor")]
    public void Only_a_gateway_acts_for_others(string setting) =>
        SingleError($"$.participants[1].{setting}", json => json["participants"]![1]![setting] = new JsonArray("142051-kaoku"));

    [Fact]
    public void A_gateway_acts_for_known_participants() => SingleError("$.participants[2].mayForwardFor[1]",
        json => json["participants"]![2]!["mayForwardFor"] = new JsonArray("142051-kaoku", "142051-koaku"));

    [Fact]
    public void Interfaces_are_unique() => SingleError("$.interfaces[1].id", json =>
        json["interfaces"]!.AsArray().Add(new JsonObject { ["id"] = "kaoku-ido" }));

    [Fact]
    public void Versions_of_an_interface_are_unique() => SingleError("$.interfaces[0].versions[1].version",
        json => json["interfaces"]![0]!["versions"]![1]!["version"] = "1.0");

    [Fact]
    public void A_version_does_not_end_before_it_begins() => SingleError("$.interfaces[0].versions[0].effectiveUntil",
        json => json["interfaces"]![0]!["versions"]![0]!["effectiveUntil"] = "2025-03-31");

    [Fact]
    public void Destinations_are_unique() => SingleError("$.destinations[2].id", json =>
        json["destinations"]!.AsArray().Add(json["destinations"]![0]!.DeepClone()));

    [Fact]
    public void A_kind_of_destination_must_be_stated() =>
        SingleError("$.destinations[0].kind", json => json["destinations"]![0]!.AsObject().Remove("kind"));

    [Fact]
    public void A_destination_has_the_environment_of_the_gateway() =>
        SingleError("$.destinations[0].environment", json => json["destinations"]![0]!["environment"] = "production");

    [Fact]
    public void A_gateway_does_not_forward_to_itself() =>
        SingleError("$.destinations[1].gateway", json => json["destinations"]![1]!["gateway"] = "gw-a");

    [Fact]
    public void The_receipts_of_a_next_gateway_must_be_verifiable() =>
        SingleError("$.destinations[1].gateway", json => json["receipts"]!["trust"] = new JsonArray());

    [Fact]
    public void Another_gateway_is_not_reached_by_plain_http() =>
        SingleError("$.destinations[1].url", json => json["destinations"]![1]!["url"] = "http://gw-b.example/batch");

    [Fact]
    public void Plain_http_to_another_gateway_must_be_allowed_by_name() => Snapshot(json =>
    {
        json["destinations"]![1]!["url"] = "http://gw-b.example/batch";
        json["destinations"]![1]!["allowPlainHttp"] = true;
    });

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "basic": { "user": "a", "password": "env:A" }, "certificate": { "pfx": "a.pfx" } }""")]
    public void A_gateway_is_logged_in_to_in_one_way(string credentials) =>
        SingleError("$.destinations[1].credentials", json => json["destinations"]![1]!["credentials"] = JsonNode.Parse(credentials));

    [Fact]
    public void A_hash_cannot_be_used_to_log_in() => SingleError("$.destinations[1].credentials.basic.password",
        json => json["destinations"]![1]!["credentials"]!["basic"]!["password"] = Hash);

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Chunks_in_flight_are_bounded(int chunks) =>
        SingleError("$.destinations[1].chunksInFlight", json => json["destinations"]![1]!["chunksInFlight"] = chunks);

    [Fact]
    public void An_interface_without_a_service_takes_no_messages() =>
        SingleError("$.interfaces[0].kinds", json => json["interfaces"]![0]!["kinds"] = new JsonArray("full", "message"));

    [Fact]
    public void An_interface_with_a_service_takes_no_files() => SingleError("$.interfaces[1].kinds", json =>
    {
        json["catalogue"] = new JsonObject { ["folder"] = "wsdl" };
        json["interfaces"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "a", "kinds": ["full"], "service": { "name": "A", "wsdl": "a.wsdl" } }"""));
    });

    [Theory]
    [InlineData("origin")]
    [InlineData("interface")]
    [InlineData("receiver")]
    [InlineData("destination")]
    public void A_route_names_what_exists(string setting) =>
        SingleError($"$.routes[0].{setting}", json => json["routes"]![0]![setting] = "nowhere");

    [Theory]
    [InlineData("interface")]
    [InlineData("receiver")]
    [InlineData("destination")]
    public void Only_the_origin_of_a_route_may_be_a_wildcard(string setting) =>
        SingleError($"$.routes[0].{setting}", json => json["routes"]![0]![setting] = "*");

    [Fact]
    public void Routes_are_unique() => SingleError("$.routes[2]", json => json["routes"]!.AsArray().Add(json["routes"]![0]!.DeepClone()));

    [Fact]
    public void A_route_has_the_environment_of_the_gateway() =>
        SingleError("$.routes[0].environment", json => json["routes"]![0]!["environment"] = "training");

    [Fact]
    public void Retention_is_not_negative() =>
        SingleError("$.routes[0].retention", json => json["routes"]![0]!["retention"] = "-00:00:01");

    [Theory]
    [InlineData("delivered", "\"-00:00:01\"")]
    [InlineData("delivered", "\"36500.00:00:01\"")]
    [InlineData("failed", "\"-00:00:01\"")]
    [InlineData("strays", "\"-00:00:01\"")]
    [InlineData("journal", "\"29.23:59:59\"")]
    [InlineData("journal", "\"36500.00:00:01\"")]
    [InlineData("freeSpaceReserve", "-1")]
    public void What_is_kept_is_bounded(string setting, string value) =>
        SingleError($"$.retention.{setting}", json => json["retention"] = new JsonObject { [setting] = JsonNode.Parse(value) });

    [Theory]
    [InlineData("attempts", "0")]
    [InlineData("attempts", "10001")]
    [InlineData("firstDelay", "\"00:00:00\"")]
    [InlineData("maxDelay", "\"00:00:04\"")]
    [InlineData("maxDelay", "\"7.00:00:01\"")]
    public void Retry_is_bounded(string setting, string value) =>
        SingleError($"$.routes[0].retry.{setting}",
            json => json["routes"]![0]!["retry"] = new JsonObject { [setting] = JsonNode.Parse(value) });

    [Theory]
    [InlineData("rootBytes", "0")]
    [InlineData("drainBytes", "-1")]
    [InlineData("drains", "-1")]
    [InlineData("maxChunks", "8193")]
    [InlineData("concurrentUploads", "0")]
    [InlineData("deliveryWorkers", "0")]
    [InlineData("drainTime", "\"00:00:00\"")]
    [InlineData("headerAndRootTime", "\"-00:00:01\"")]
    [InlineData("attachmentSilence", "\"00:00:00\"")]
    [InlineData("attachmentRateWindow", "\"00:00:00\"")]
    [InlineData("uploadExpiry", "\"00:00:00\"")]
    [InlineData("chunkSizeMin", "\"32KiB\"")]
    [InlineData("chunkSizeMax", "\"512MiB\"")]
    [InlineData("chunkSizeDefault", "\"3MiB\"")]
    [InlineData("chunkSizeUndeclared", "\"32KiB\"")]
    [InlineData("chunkSizeDefault", "-9223372036854775808")]
    public void Limits_are_bounded(string setting, string value) =>
        SingleError($"$.limits.{setting}", json => json["limits"]![setting] = JsonNode.Parse(value));

    [Fact]
    public void Chunk_sizes_lie_between_the_smallest_and_the_largest() =>
        SingleError("$.limits.chunkSizeDefault", json => json["limits"]!["chunkSizeMin"] = "32MiB");

    [Theory]
    [InlineData("missing.pem")]
    [InlineData("bad.pem")]
    public void Every_certificate_file_must_hold_a_certificate(string file)
    {
        var host = new TestHost { Files = { [Path.Combine(BasePath, "bad.pem")] = "no certificate" } };

        SingleError("$.receipts.trust[0].certificates[0]", json => json["receipts"]!["trust"]![0]!["certificates"]![0] = file, host);
        SingleError("$.participants[0].credentials.certificates[0]",
            json => json["participants"]![0]!["credentials"]!["certificates"]![0] = file, host);
        SingleError("$.destinations[1].trustedCertificates[0]",
            json => json["destinations"]![1]!["trustedCertificates"] = new JsonArray(file), host);
    }

    [Theory]
    [InlineData("onDelivered")]
    [InlineData("onError")]
    public void A_job_is_named_by_an_absolute_path(string job) => SingleError($"$.destinations[0].jobs.{job}[0]", json =>
        json["destinations"]![0]!["jobs"] = new JsonObject { [job] = new JsonArray("import.sh", "fast") });

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("8.00:00:00")]
    public void A_jobs_time_is_bounded(string limit) => SingleError("$.destinations[0].jobs.timeLimit", json =>
        json["destinations"]![0]!["jobs"] = new JsonObject { ["timeLimit"] = limit });

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("1.00:00:01")]
    public void A_lease_is_bounded(string lease) => SingleError("$.destinations[2].lease", json =>
        json["destinations"]!.AsArray().Add(new JsonObject { ["id"] = "inbox", ["kind"] = "inbox", ["lease"] = lease }));

    [Fact]
    public void A_pull_names_an_inbox_at_a_gateway_that_is_known_here() => Snapshot(json => AddPull(json));

    [Theory]
    [InlineData("url", "\"ftp://gw-c.example\"", "url")]
    [InlineData("url", "\"http://192.0.2.1:8080/batch\"", "url")]
    [InlineData("gateway", "\"gw-x\"", "gateway")]
    [InlineData("gateway", "\"142051-akiya\"", "gateway")]
    [InlineData("credentials", "{}", "credentials")]
    [InlineData("chunksInFlight", "0", "chunksInFlight")]
    [InlineData("filesInFlight", "65", "filesInFlight")]
    [InlineData("trustedCertificates", "[\"missing.pem\"]", "trustedCertificates[0]")]
    public void A_pull_that_cannot_work_is_an_error(string setting, string value, string path) =>
        SingleError($"$.pulls[0].{path}", json => AddPull(json)[setting] = JsonNode.Parse(value));

    [Fact]
    public void Pulls_have_ids_of_their_own() => SingleError("$.pulls[1].id", json =>
    {
        AddPull(json);
        json["pulls"]!.AsArray().Add(json["pulls"]![0]!.DeepClone());
    });

    static JsonNode AddPull(JsonNode json)
    {
        json["pulls"] = JsonNode.Parse("""
            [{ "id": "from-c", "url": "https://gw-c.example:8443/batch", "gateway": "gw-c",
               "credentials": { "basic": { "user": "gw-a", "password": "env:GW_C" } } }]
            """);
        return json["pulls"]![0]!;
    }
}
