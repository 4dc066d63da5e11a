using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Hosting;

public sealed class ReloadTests
{
    const int Reloaded = 200;
    const int Refused = 201;

    [Fact]
    public async Task A_participant_who_was_added_can_call_without_a_restart()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.Equal(ErrorCatalogue.NotAuthenticated.Code, await CodeForAsync(gateway, "zei"));

        gateway.Folder.Configure(AddZei);
        Assert.True(gateway.Host.Reload().Succeeded);

        Assert.Equal(ErrorCatalogue.TransferUnknown.Code, await CodeForAsync(gateway, "zei"));
    }

    [Fact]
    public async Task A_participant_who_was_removed_is_refused_at_once_although_its_password_was_remembered()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.Equal(ErrorCatalogue.TransferUnknown.Code, await CodeForAsync(gateway, "koseki"));

        gateway.Folder.Configure(json => json["participants"]!.AsArray().RemoveAt(1));
        Assert.True(gateway.Host.Reload().Succeeded);

        Assert.Equal(ErrorCatalogue.NotAuthenticated.Code, await CodeForAsync(gateway, "koseki"));
    }

    [Fact]
    public async Task A_change_of_the_file_is_noticed_by_itself()
    {
        await using var gateway = await TestGateway.StartAsync();

        gateway.Folder.Configure(AddZei);
        await gateway.Log.WaitForAsync(Reloaded);

        Assert.Equal(ErrorCatalogue.TransferUnknown.Code, await CodeForAsync(gateway, "zei"));
    }

    [Fact]
    public async Task A_bad_file_leaves_the_old_configuration_in_force_and_its_errors_in_the_log()
    {
        await using var gateway = await TestGateway.StartAsync();

        gateway.Folder.Configure(json =>
        {
            AddZei(json);
            json["routes"]![0]!["destination"] = "nowhere";
        });
        Assert.False(gateway.Host.Reload().Succeeded);

        Assert.Contains(gateway.Log.Texts(Refused), text => text.Contains("$.routes[0].destination", StringComparison.Ordinal));
        Assert.Equal(ErrorCatalogue.NotAuthenticated.Code, await CodeForAsync(gateway, "zei"));
        Assert.Equal(ErrorCatalogue.TransferUnknown.Code, await CodeForAsync(gateway, "kaoku"));
    }

    [Theory]
    [InlineData("connections", "7")]
    [InlineData("rootBytes", "5000")]
    [InlineData("attachmentSilence", "\"00:00:07\"")]
    public async Task A_limit_that_only_a_restart_applies_is_not_taken_silently(string name, string value)
    {
        await using var gateway = await TestGateway.StartAsync();

        gateway.Folder.Configure(json => json["limits"] = new JsonObject { [name] = JsonNode.Parse(value) });

        Assert.Contains(gateway.Host.Reload().Errors, error => error.Path == $"$.limits.{name}");
    }

    static void AddZei(JsonNode json) => json["participants"]!.AsArray().Add(JsonNode.Parse(
        """{ "id": "zei", "credentials": { "basic": { "user": "zei", "password": "file:password" } } }"""));

    static async Task<string?> CodeForAsync(TestGateway gateway, string user) =>
        (await gateway.As(user).GetTransferStatusAsync(Files.Status("none"), CancellationToken.None)).Refusal?.Code;
}
