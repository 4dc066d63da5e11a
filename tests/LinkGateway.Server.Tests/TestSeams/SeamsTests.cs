using System.Text.Json.Nodes;
using LinkGateway.Core.Files;
using LinkGateway.Server.Hosting;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Server.TestSeams;
using LinkGateway.Storage.Files;

namespace LinkGateway.Server.Tests.TestSeams;

public sealed class SeamsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("linkgateway-seams-").FullName;

    string TheFile => Path.Combine(_folder, "file");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_gateway_that_others_could_reach_does_not_start_with_them()
    {
        using var folder = new GatewayFolder(json => json["listeners"]![0]!["url"] = "https://0.0.0.0:0");

        var error = await Assert.ThrowsAsync<StartException>(async () =>
            await TestGateway.StartInAsync(folder, options => options with { Seams = new Seams(_folder) }));

        Assert.Equal(ExitCode.BadConfiguration, error.ExitCode);
        Assert.Contains("--test-seams", Assert.Single(error.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_and_log_show_them()
    {
        using var folder = new GatewayFolder();
        await using var gateway = await TestGateway.StartInAsync(folder, options => options with { Seams = new Seams(_folder) });
        using var http = gateway.Connect();

        Assert.Equal("""{"status":"ok","testSeams":true}""", await http.GetStringAsync(new Uri(gateway.Address, "/health/ready")));
        Assert.Single(gateway.Log.Texts(199));
    }

    [Fact]
    public void The_clock_goes_as_the_file_says()
    {
        var seams = new Seams(_folder);
        Order("""{ "clockOffset": "-12:00:00" }""");

        Assert.InRange(seams.Time.GetUtcNow(), DateTimeOffset.UtcNow.AddHours(-12.5), DateTimeOffset.UtcNow.AddHours(-11.5));
    }

    [Theory]
    [InlineData("full", StorageFailure.Full)]
    [InlineData("readOnly", StorageFailure.ReadOnly)]
    public async Task A_store_in_trouble_refuses_to_write_and_goes_on_reading(string trouble, StorageFailure failure)
    {
        await File.WriteAllTextAsync(TheFile, "content");
        Order($$"""{ "spool": { "{{trouble}}": true } }""");
        var files = new Seams(_folder).OverSpool(new PhysicalFileSystem());
        await using var file = await files.OpenAsync(TheFile, writable: true, default);

        Assert.Equal(7, await file.LengthAsync(default));
        Assert.Equal(7, await file.ReadAsync(0, new byte[100], default));
        var error = await Assert.ThrowsAsync<StorageException>(async () => await file.WriteAsync(0, "other"u8.ToArray(), default));
        Assert.Equal(failure, error.Failure);
        Assert.Equal("content", await File.ReadAllTextAsync(TheFile));
    }

    [Fact]
    public async Task A_store_that_hangs_goes_on_when_the_order_is_withdrawn_and_not_before()
    {
        Order("""{ "folder": { "hangs": true } }""");
        var files = new Seams(_folder).OverFolders(new PhysicalFileSystem());

        var creating = files.CreateAsync(TheFile, 0, new CancellationToken(canceled: false)).AsTask();
        Assert.False(File.Exists(TheFile));
        Assert.False(creating.IsCompleted);
        Order("{}");

        await using var file = await creating;
        Assert.True(File.Exists(TheFile));
    }

    void Order(string json)
    {
        var path = Path.Combine(_folder, Seams.FileName);
        File.WriteAllText(path + ".new", JsonNode.Parse(json)!.ToJsonString());
        File.Move(path + ".new", path, overwrite: true);
    }
}
