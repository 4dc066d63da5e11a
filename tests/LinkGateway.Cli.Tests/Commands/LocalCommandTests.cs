using LinkGateway.Core.Configuration;

namespace LinkGateway.Cli.Commands;

public sealed class LocalCommandTests
{
    [Fact]
    public async Task Config_check_shows_all_errors_with_their_paths()
    {
        await using var bench = await CliBench.StartAsync();
        var json = """{ "gateway": { "id": "" }, "listeners": 7, "surprise": 1 }"""u8;
        var path = bench.Folder.File("gateway.json", json.ToArray());

        var code = await bench.RunAsync("config", "check", path);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("$.listeners", bench.Error, StringComparison.Ordinal);
        Assert.Contains("$.surprise", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_check_of_a_missing_file_ends_with_2()
    {
        await using var bench = await CliBench.StartAsync();

        Assert.Equal(ExitCode.Usage, await bench.RunAsync("config", "check", bench.Folder.In("nowhere.json")));
    }

    [Fact]
    public async Task Password_hash_prints_a_form_that_the_gateway_takes()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Input = "ひみつ\n"u8.ToArray();

        var code = await bench.RunAsync("password-hash");

        Assert.Equal(ExitCode.Ok, code);
        Assert.True(PasswordHash.TryParse(bench.Out.Trim(), out var hash));
        Assert.True(hash.Verify("ひみつ"));
    }

    [Fact]
    public async Task An_empty_password_is_refused()
    {
        await using var bench = await CliBench.StartAsync();

        Assert.Equal(ExitCode.Usage, await bench.RunAsync("password-hash"));
    }

    [Theory]
    [InlineData]
    [InlineData("send")]
    public async Task Help_tells_the_exit_codes(params string[] command)
    {
        await using var bench = await CliBench.StartAsync();

        Assert.Equal(ExitCode.Ok, await bench.RunAsync([.. command, "--help"]));
        Assert.Contains("4 temporary, repeat the same command later", bench.Out, StringComparison.Ordinal);
    }
}
