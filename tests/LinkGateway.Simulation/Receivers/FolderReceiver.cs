using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Nights;

namespace LinkGateway.Simulation.Receivers;

/// <summary>
/// The receiver's job at a folder: where there is a control file, it takes the file that it names, and both are gone for good.
/// </summary>
/// <param name="host">Where the folder lies.</param>
/// <param name="id">Who it is.</param>
/// <param name="eager">How often it takes a file in the very moment in which its control file appears.</param>
sealed class FolderReceiver(Host host, string id, double eager)
{
    const string Suffix = ".ctl.json";

    readonly string _folder = Places.FolderOf(id);

    public string Id => id;

    /// <summary>A file has got a new name.</summary>
    public void Notice(string path)
    {
        if (!path.EndsWith(Suffix, StringComparison.Ordinal) || Path.GetDirectoryName(path) != _folder) return;
        if (host.Dice.Chance(eager)) Take(path);
    }

    /// <summary>Takes all that is there.</summary>
    public void TakeAll()
    {
        foreach (var path in host.Disk.Paths)
            if (path.EndsWith(Suffix, StringComparison.Ordinal) && Path.GetDirectoryName(path) == _folder) Take(path);
    }

    /// <summary>Whether a published file lies there, not yet taken.</summary>
    public bool Holds(string name, byte[] bytes)
    {
        var path = $"{_folder}/{name}";
        var paths = host.Disk.Paths;
        return paths.Contains(path) && paths.Contains(path + Suffix) && host.Disk.Content(path).AsSpan().SequenceEqual(bytes);
    }

    void Take(string control)
    {
        var fault = host.Disk.Fault;
        host.Disk.Fault = null;
        try
        {
            using var stated = JsonDocument.Parse(host.Disk.Content(control));
            var data = $"{_folder}/{stated.RootElement.GetProperty("file").GetString()}";
            var transfer = stated.RootElement.GetProperty("transferId").GetString()!;
            var receiver = stated.RootElement.GetProperty("receiver").GetString()!;
            if (receiver != id) host.Night.Fail($"{control} is for {receiver}, and lies in the folder of {id}");
            host.Night.Trace.Write(host.Id, $"{receiver} takes {data} of {transfer}");
            if (control != data + Suffix) host.Night.Fail($"{control} is the control file of {data}");
            if (!host.Disk.Paths.Contains(data))
            {
                host.Night.Fail($"{control} is there, and {data} is not");
                return;
            }

            var bytes = host.Disk.Content(data);
            if (Sha256Digest.Of(bytes).ToString() != stated.RootElement.GetProperty("sha256").GetString())
                host.Night.Fail($"{receiver} finds other bytes in {data} than its control file states");
            AtOnce(host.Disk.DeleteAsync(data, default));
            AtOnce(host.Disk.DeleteAsync(control, default));
            AtOnce(host.Disk.FlushDirectoryAsync(_folder, default));
            host.Night.Take(transfer, receiver, bytes);
        }
        catch (JsonException e)
        {
            host.Night.Fail($"{control} cannot be read: {e.Message}");
        }
        finally
        {
            host.Disk.Fault = fault;
        }
    }

    // The disk itself never waits; only a gateway's view of it does.
    static void AtOnce(ValueTask work) => work.AsTask().GetAwaiter().GetResult();
}
