using System.Text.Json.Nodes;

namespace LinkGateway.FaultHarness.Gateways;

/// <summary>The orders that a gateway with test seams follows: see <c>TestSeams/SeamOrders.cs</c> of the server.</summary>
sealed class Orders(string folder)
{
    // The server looks for new orders this often.
    static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    readonly JsonObject _orders = [];

    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>Gives an order, or withdraws it by null, and waits until that holds.</summary>
    public async Task GiveAsync(string name, JsonNode? value)
    {
        if (value is null) _orders.Remove(name);
        else _orders[name] = value;
        var path = Path.Combine(Folder, "seams.json");
        await File.WriteAllTextAsync(path + ".new", _orders.ToJsonString());
        File.Move(path + ".new", path, overwrite: true);
        await Task.Delay(Freshness);
    }

    /// <summary>Sets the clock so much ahead of the system's.</summary>
    public Task SetClockAsync(TimeSpan ahead) => GiveAsync("clockOffset", ahead.ToString("c"));
}
