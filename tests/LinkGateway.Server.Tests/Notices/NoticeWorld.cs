using System.Text.Json.Nodes;
using LinkGateway.Contract.Notices;
using LinkGateway.Server.Tests.Operator;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Notices;

/// <summary>A gateway with operators, whose disks have less room than its reserve: there is something to tell from the start.</summary>
static class NoticeWorld
{
    /// <summary>Starts it.</summary>
    /// <param name="notices">The section notices.</param>
    /// <param name="prepare">Done in its folder before.</param>
    public static Task<TestGateway> StartAsync(string notices, Action<GatewayFolder>? prepare = null) => OperatorDesk.StartAsync(
        json =>
        {
            json["retention"] = JsonNode.Parse("""{ "freeSpaceReserve": "8000000GiB" }""");
            json["notices"] = JsonNode.Parse(notices);
        },
        prepare);

    /// <summary>Waits for the notice that there is too little room.</summary>
    public static async Task<(RawRequest Request, Notice Notice)> NextAsync(RawReceiver receiver)
    {
        while (true)
        {
            var request = await receiver.NextAsync();
            var notice = NoticeJson.Read(request.Body);
            if (notice.Kind == "spaceShort") return (request, notice);
        }
    }

    /// <summary>Ends what is wrong.</summary>
    public static void MakeRoom(TestGateway gateway, Action<JsonNode>? change = null)
    {
        var json = JsonNode.Parse(File.ReadAllText(gateway.Folder.ConfigurationPath))!;
        json["retention"]!["freeSpaceReserve"] = 0;
        change?.Invoke(json);
        File.WriteAllText(gateway.Folder.ConfigurationPath, json.ToJsonString());
        Assert.Empty(gateway.Host.Reload().Errors);
    }
}
