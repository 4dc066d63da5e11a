using System.Collections.Concurrent;
using LinkGateway.Interop.Tests.Tools;
using LinkGateway.Testing.Files;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// What must be installed for a sample client: lines <c>package: command</c> of its file <c>requires</c>; the command, run by the shell in
/// the client's folder, succeeds where the package is there.
/// </summary>
static class ToolkitRequirements
{
    // Every test of a class asks.
    static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<string>>> Known = new();

    /// <summary>Names of all clients.</summary>
    public static IEnumerable<string> Toolkits =>
        Directory.GetDirectories(Path.Combine(Repository.Root, "samples", "clients")).Select(path => Path.GetFileName(path)!);

    /// <summary>The folder of a client.</summary>
    public static string Folder(string toolkit) => Path.Combine(Repository.Root, "samples", "clients", toolkit);

    /// <summary>Names of the packages that are missing.</summary>
    public static IReadOnlyList<string> MissingOf(string toolkit) => Known.GetOrAdd(toolkit, _ => new(() => Ask(toolkit))).Value;

    static string[] Ask(string toolkit)
    {
        var folder = Folder(toolkit);
        return
        [
            .. File.ReadLines(Path.Combine(folder, "requires"))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(": ", 2))
                .Where(parts => ExternalTool.Run("sh", "-c", $"cd '{folder}' && {{ {parts[1]}; }}").ExitCode != 0)
                .Select(parts => parts[0]),
        ];
    }
}
