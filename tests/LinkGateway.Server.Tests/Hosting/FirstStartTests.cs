using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LinkGateway.Server.Hosting;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Hosting;

[UnsupportedOSPlatform("windows")]
public sealed class FirstStartTests
{
    [Fact]
    public async Task The_first_start_makes_keys_that_only_the_gateway_can_read_and_certificates_for_partners()
    {
        await using var gateway = await TestGateway.StartAsync();

        foreach (var name in new[] { "tls", "receipt" })
        {
            var key = Path.Combine(gateway.Folder.Data, "keys", name + ".pem");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
            using var own = X509Certificate2.CreateFromPemFile(key);
            using var published = X509CertificateLoader.LoadCertificateFromFile(Path.ChangeExtension(key, ".cer"));
            Assert.True(own.HasPrivateKey);
            Assert.Equal(own.RawData, published.RawData);
            Assert.DoesNotContain("PRIVATE", await File.ReadAllTextAsync(Path.ChangeExtension(key, ".cer")));
        }
    }

    [Fact]
    public async Task The_made_server_certificate_names_localhost_and_the_loopback_addresses()
    {
        await using var gateway = await TestGateway.StartAsync();

        var names = gateway.ServerCertificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Contains("localhost", names.EnumerateDnsNames());
        Assert.Equal(["127.0.0.1", "::1"], names.EnumerateIPAddresses().Select(address => address.ToString()));
    }

    [Fact]
    public async Task A_second_start_keeps_the_keys()
    {
        using var folder = new GatewayFolder();
        await using (await GatewayHost.StartAsync(TestGateway.Options(folder, new LogCapture())))
        {
        }
        var before = Keys(folder);

        await using (await GatewayHost.StartAsync(TestGateway.Options(folder, new LogCapture())))
        {
        }

        Assert.Equal(before, Keys(folder));
    }

    [Fact]
    public async Task A_key_file_that_cannot_be_read_is_reported_and_left_as_it_is()
    {
        using var folder = new GatewayFolder();
        var path = Path.Combine(folder.Data, "keys", "receipt.pem");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "half of a key");

        var error = await Assert.ThrowsAsync<StartException>(() => GatewayHost.StartAsync(TestGateway.Options(folder, new LogCapture())));

        Assert.Equal(ExitCode.DataUnavailable, error.ExitCode);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("half of a key", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task The_addresses_as_bound_are_in_listeners_json_while_the_gateway_takes_requests()
    {
        using var folder = new GatewayFolder();
        var path = Path.Combine(folder.Data, ListenersFile.Name);
        await using (var host = await GatewayHost.StartAsync(TestGateway.Options(folder, new LogCapture())))
        {
            var written = await File.ReadAllTextAsync(path);
            Assert.All(host.Listeners, address => Assert.Contains(address, written, StringComparison.Ordinal));
            Assert.DoesNotContain(host.Listeners, address => address.EndsWith(":0", StringComparison.Ordinal));
        }
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_data_directory_does_not_start()
    {
        await using var first = await TestGateway.StartAsync();

        var error = await Assert.ThrowsAsync<StartException>(
            () => GatewayHost.StartAsync(TestGateway.Options(first.Folder, new LogCapture())));

        Assert.Equal(ExitCode.DataUnavailable, error.ExitCode);
        Assert.Contains(first.Folder.Data, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_reported_and_everything_is_given_up_again()
    {
        await using var first = await TestGateway.StartAsync();
        using var folder = new GatewayFolder(json => json["listeners"]![0]!["url"] = first.Address.GetLeftPart(UriPartial.Authority));

        var error = await Assert.ThrowsAsync<StartException>(() => GatewayHost.StartAsync(TestGateway.Options(folder, new LogCapture())));

        Assert.Equal(ExitCode.AddressInUse, error.ExitCode);
        using var free = DataDirectoryLock.Take(folder.Data);
    }

    [Fact]
    public async Task The_data_directory_of_the_command_line_takes_the_place_of_the_configured_one()
    {
        using var folder = new GatewayFolder();
        var elsewhere = Path.Combine(folder.Root, "elsewhere");

        var options = TestGateway.Options(folder, new LogCapture()) with { DataDirectory = elsewhere };

        await using var host = await GatewayHost.StartAsync(options);

        Assert.Equal(elsewhere, host.DataDirectory);
        Assert.True(File.Exists(Path.Combine(elsewhere, "keys", "receipt.pem")));
        Assert.False(Directory.Exists(folder.Data));
    }

    [Theory]
    [InlineData("preRootSpoolBytes", "\"4GiB\"")]
    [InlineData("attachmentMinimumRate", "\"3GiB\"")]
    [InlineData("attachmentSilence", "\"60.00:00:00\"")]
    public async Task A_limit_that_the_listeners_cannot_hold_is_refused_at_the_start(string name, string value)
    {
        using var folder = new GatewayFolder(json => json["limits"] = new JsonObject { [name] = JsonNode.Parse(value) });

        var error = await Assert.ThrowsAsync<StartException>(() => GatewayHost.StartAsync(TestGateway.Options(folder, new LogCapture())));

        Assert.Equal(ExitCode.BadConfiguration, error.ExitCode);
        Assert.Contains($"$.limits.{name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_at_once()
    {
        await using var gateway = await TestGateway.StartAsync(json => json["limits"] = new JsonObject { ["connections"] = 1 });
        using var first = new TcpClient();
        await first.ConnectAsync(gateway.PlainAddress.Host, gateway.PlainAddress.Port);
        await first.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.True(await first.GetStream().ReadAsync(new byte[1]) > 0);

        using var second = new TcpClient();
        await second.ConnectAsync(gateway.PlainAddress.Host, gateway.PlainAddress.Port);

        Assert.Equal(0, await ReadAsync(second));

        static async Task<int> ReadAsync(TcpClient client)
        {
            try
            {
                return await client.GetStream().ReadAsync(new byte[1]);
            }
            catch (IOException)
            {
                // A reset is a close too.
                return 0;
            }
        }
    }

    static List<string> Keys(GatewayFolder folder) =>
        [.. Directory.GetFiles(Path.Combine(folder.Data, "keys")).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
}
