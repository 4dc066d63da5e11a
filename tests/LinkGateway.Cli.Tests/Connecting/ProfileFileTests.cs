using System.Text;

namespace LinkGateway.Cli.Connecting;

public sealed class ProfileFileTests
{
    [Fact]
    public async Task The_default_profile_fills_in_what_the_command_line_leaves_out()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Variables.Remove("LINKGW_PASSWORD");
        bench.Folder.File("password", "top secret\n"u8.ToArray());
        Write(bench, "linkgw.json", $$"""
            {
              // the night jobs
              "default": {
                "server": "{{bench.Gateway.Address}}", "user": "juki", "passwordFile": "password", "origin": "142051-juki",
                "to": ["kaoku", "zei"], "interface": "house-tax", "environment": "training", "charset": "windows-31j",
              },
            }
            """);

        var code = await bench.RunAsync("send", bench.Folder.File("houses.csv", [1]));

        Assert.Equal(ExitCode.Ok, code);
        var manifest = bench.Gateway.Service.Only.Manifest;
        Assert.Equal(("142051-juki", "house-tax"), (manifest.Origin, manifest.InterfaceId));
        Assert.Equal(("training", "windows-31j"), (manifest.Environment, manifest.Charset));
        Assert.Equal(["kaoku", "zei"], manifest.Receivers);
        Assert.Equal("Basic " + Convert.ToBase64String("juki:top secret"u8), bench.Gateway.LastHeaders["Authorization"]);
    }

    [Fact]
    public async Task A_named_profile_is_found_in_the_configuration_folder()
    {
        await using var bench = await CliBench.StartAsync();
        Write(bench, ".config/linkgw/linkgw.json", $$"""{ "night": { "server": "{{bench.Gateway.Address}}", "user": "juki" } }""");

        Assert.Equal(ExitCode.Ok, await bench.RunAsync("receipts", "--since", "", "--profile", "night"));
        Assert.Equal(ExitCode.Usage, await bench.RunAsync("receipts", "--since", "", "--profile", "day"));
    }

    [Theory]
    [InlineData("""{ "default": { "servr": "x" } }""", "servr")]
    [InlineData("""{ "default": """, "linkgw.json")]
    public async Task A_wrong_profile_file_ends_with_2_and_says_where(string json, string place)
    {
        await using var bench = await CliBench.StartAsync();
        Write(bench, "linkgw.json", json);

        Assert.Equal(ExitCode.Usage, await bench.RunAsync(["receipts", "--since", "", .. bench.Server]));
        Assert.Contains(place, bench.Error, StringComparison.Ordinal);
    }

    static void Write(CliBench bench, string name, string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Folder.In(name))!);
        bench.Folder.File(name, Encoding.UTF8.GetBytes(json));
    }
}
