using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

public class GatewayConfigurationTests
{
    [Fact]
    public void A_valid_configuration_has_no_errors() => Assert.True(Parse().Succeeded);

    [Fact]
    public void Every_annotated_example_of_the_manual_is_valid()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));
        var examples = manual.Split("```jsonc\n")[1..].Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.Equal(7, examples.Count);
        Assert.All(examples, example => Assert.Empty(GatewayConfiguration.Parse(example, BasePath, new TestHost()).Errors));
    }

    [Fact]
    public void The_manual_states_every_limit_with_its_default()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));
        var limits = new LimitSettings();
        Assert.All(typeof(LimitSettings).GetProperties().Where(property => property.CanWrite), property =>
        {
            var text = property.GetValue(limits) switch
            {
                null => "none",
                TimeSpan time => time.ToString("c"),
                long bytes => SizeText(bytes),
                var count => count.ToString()!,
            };
            var name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            Assert.Contains($"| `{name}` | {text} |", manual, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Comments_and_trailing_commas_and_a_byte_order_mark_are_allowed()
    {
        var result = GatewayConfiguration.Parse("""
            ﻿{
              // who
              "gateway": { "id": "gw-a", "environment": "test", }, /* where */
              "data": { "directory": "." },
              "listeners": [{ "url": "https://127.0.0.1:0" },],
            }
            """, BasePath, new TestHost());

        Assert.Empty(result.Errors);
    }

    [Fact]
    public void What_is_left_out_has_its_documented_default()
    {
        var configuration = Snapshot().Configuration;

        Assert.Equal("Asia/Tokyo", configuration.Gateway.TimeZone);
        Assert.Equal(ClientCertificatePolicy.Accept, configuration.Listeners[0].ClientCertificates);
        Assert.Equal(16 << 20, configuration.Limits.ChunkSizeDefault);
        Assert.Equal(OnExists.Refuse, Assert.IsType<FolderDestination>(configuration.Destinations[0]).OnExists);
        Assert.Equal("{fileName}", Assert.IsType<FolderDestination>(configuration.Destinations[0]).NameTemplate.Text);
    }

    [Fact]
    public void Paths_are_taken_from_the_folder_of_the_file()
    {
        var configuration = Snapshot(json =>
        {
            json["listeners"]![0]!["certificate"] = new JsonObject { ["pfx"] = "x.pfx", ["password"] = "file:secrets/x" };
            json["data"]!["spool"] = "/elsewhere/spool";
        }).Configuration;

        Assert.Equal(Path.Combine(BasePath, "data", "journal"), configuration.Data.JournalDirectory);
        Assert.Equal(Path.GetFullPath("/elsewhere/spool"), configuration.Data.SpoolDirectory);
        Assert.Equal(Path.Combine(BasePath, "out"), Assert.IsType<FolderDestination>(configuration.Destinations[0]).Path);
        Assert.Equal(Path.Combine(BasePath, "gw-b.cer"), configuration.Receipts.Trust[0].Certificates[0]);
        Assert.Equal(Path.Combine(BasePath, "x.pfx"), configuration.Listeners[0].Certificate!.Pfx);
        Assert.Equal(Path.Combine(BasePath, "secrets", "x"), configuration.Listeners[0].Certificate!.Password!.Value);
    }

    [Theory]
    [InlineData("65536", 65536)]
    [InlineData("\"64KiB\"", 65536)]
    [InlineData("\"64 KiB\"", 65536)]
    [InlineData("\"1MiB\"", 1 << 20)]
    [InlineData("\"262144B\"", 262144)]
    public void Sizes_are_numbers_or_texts_with_a_unit(string written, long bytes)
    {
        var limits = Snapshot(json => json["limits"]!["chunkSizeMin"] = JsonNode.Parse(written)).Configuration.Limits;

        Assert.Equal(bytes, limits.ChunkSizeMin);
    }

    [Fact]
    public void A_written_configuration_reads_back_as_the_same()
    {
        var configuration = Snapshot().Configuration;
        var text = JsonSerializer.Serialize(configuration, ConfigurationJson.Options);

        var again = GatewayConfiguration.Parse(text, "/other", new TestHost());

        Assert.Empty(again.Errors);
        Assert.Equal(text, JsonSerializer.Serialize(again.Configuration, ConfigurationJson.Options));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_no_exception()
    {
        var result = GatewayConfiguration.Load("/nowhere/gateway.json", new TestHost());

        Assert.Equal("$", Assert.Single(result.Errors).Path);
    }

    static string SizeText(long bytes) => bytes switch
    {
        >= 1 << 30 => $"{bytes >> 30}GiB",
        >= 1 << 20 => $"{bytes >> 20}MiB",
        >= 1 << 10 => $"{bytes >> 10}KiB",
        _ => $"{bytes}B",
    };
}
