using LinkGateway.Contract.Notices;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Notices;

/// <summary>Notices as a program gets them.</summary>
public sealed class HookTests
{
    [Fact]
    public async Task A_program_finds_the_notice_on_its_input_and_facts_in_its_environment_and_no_secret_of_the_gateway()
    {
        Environment.SetEnvironmentVariable("LINKGATEWAY_TEST_SECRET", "of the gateway");
        await using var gateway = await StartAsync("""
            cat > "$1/input.new"
            env > "$1/environment"
            mv "$1/input.new" "$1/input"
            """);

        var input = await ReadAsync(gateway, "input");
        var environment = await ReadAsync(gateway, "environment");

        var notice = NoticeJson.Read(System.Text.Encoding.UTF8.GetBytes(input));
        Assert.Equal(("spaceShort", NoticeStage.Opened), (notice.Kind, notice.Stage));
        Assert.Contains($"LINKGW_NOTICE_ID={notice.NoticeId}\n", environment, StringComparison.Ordinal);
        Assert.Contains("LINKGW_NOTICE_STAGE=opened\n", environment, StringComparison.Ordinal);
        Assert.Contains("LINKGW_NOTICE_SEVERITY=critical\n", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("of the gateway", environment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fails_is_run_again_with_the_same_notice()
    {
        await using var gateway = await StartAsync("""
            echo "$LINKGW_NOTICE_NUMBER" >> "$1/runs"
            test "$(wc -l < "$1/runs")" -ge 2 && cp "$1/runs" "$1/input.new" && mv "$1/input.new" "$1/input"
            """);

        var runs = (await ReadAsync(gateway, "input")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, runs.Length);
        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public async Task One_that_does_not_read_its_input_is_no_trouble()
    {
        await using var gateway = await StartAsync("exec 0<&-; echo done > \"$1/input.new\"; mv \"$1/input.new\" \"$1/input\"");

        Assert.Equal("done\n", await ReadAsync(gateway, "input"));
    }

    static Task<TestGateway> StartAsync(string script)
    {
        var folder = Directory.CreateTempSubdirectory("linkgateway-hook-").FullName;
        var program = Path.Combine(folder, "hook.sh");
        File.WriteAllText(program, script.ReplaceLineEndings("\n") + "\n");
        var hook = $$"""{ "id": "siren", "command": ["/bin/sh", "{{program}}", "{{folder}}"], "minimumSeverity": "critical" }""";
        return NoticeWorld.StartAsync($$"""{ "hooks": [{{hook}}] }""", gateway =>
            File.WriteAllText(Path.Combine(gateway.Root, "hook-folder"), folder));
    }

    // Each script moves its file into place whole. Only a hanging test meets the time-out.
    static async Task<string> ReadAsync(TestGateway gateway, string name)
    {
        var path = Path.Combine(await File.ReadAllTextAsync(Path.Combine(gateway.Folder.Root, "hook-folder")), name);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!File.Exists(path)) await Task.Delay(20, patience.Token);
        return await File.ReadAllTextAsync(path);
    }
}
