using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Nights;

namespace LinkGateway.Simulation.Receivers;

/// <summary>
/// The receiver's job at a folder: where there is a control file, it takes the files that it names, and all are gone for good.
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
        return paths.Contains(path) && (paths.Contains(path + Suffix) || paths.Any(IsOfSet))
            && host.Disk.Content(path).AsSpan().SequenceEqual(bytes);
    }

    bool IsOfSet(string path) => path.EndsWith(".set" + Suffix, StringComparison.Ordinal) && Path.GetDirectoryName(path) == _folder;

    void Take(string control)
    {
        var fault = host.Disk.Fault;
        host.Disk.Fault = null;
        try
        {
            using var stated = JsonDocument.Parse(host.Disk.Content(control));
            if (stated.RootElement.TryGetProperty("files", out var files))
            {
                if (files.GetArrayLength() != stated.RootElement.GetProperty("count").GetInt32())
                    host.Night.Fail(
                        $"{control} lists {files.GetArrayLength()} files of a set of {stated.RootElement.GetProperty("count")}");
                foreach (var file in files.EnumerateArray()) Take(control, file);
            }
            else
            {
                Take(control, stated.RootElement);
            }

            AtOnce(host.Disk.DeleteAsync(control, default));
            AtOnce(host.Disk.FlushDirectoryAsync(_folder, default));
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

    void Take(string control, JsonElement stated)
    {
        var data = $"{_folder}/{stated.GetProperty("file").GetString()}";
        var transfer = stated.GetProperty("transferId").GetString()!;
        var receiver = stated.GetProperty("receiver").GetString()!;
        host.Night.Trace.Write(host.Id, $"{receiver} takes {data} of {transfer}");
        if (receiver != id) host.Night.Fail($"{control} is for {receiver}, and lies in the folder of {id}");
        if (!host.Disk.Paths.Contains(data))
        {
            host.Night.Fail($"{control} is there, and {data} is not");
            return;
        }

        var bytes = host.Disk.Content(data);
        if (Sha256Digest.Of(bytes).ToString() != stated.GetProperty("sha256").GetString())
            host.Night.Fail($"{receiver} finds other bytes in {data} than {control} states");
        AtOnce(host.Disk.DeleteAsync(data, default));
        host.Night.Take(transfer, receiver, bytes);
    }

    // The disk itself never waits; only a gateway's view of it does.
    static void AtOnce(ValueTask work) => work.AsTask().GetAwaiter().GetResult();
}
