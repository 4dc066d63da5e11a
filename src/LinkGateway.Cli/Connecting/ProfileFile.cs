using System.Text.Json;
using System.Text.Json.Serialization;
using LinkGateway.Cli.Texts;

namespace LinkGateway.Cli.Connecting;

/// <summary>The file <c>linkgw.json</c>: one object whose properties are profiles by name. The form is told in docs/cli.md.</summary>
static class ProfileFile
{
    const string Name = "linkgw.json";
    const string DefaultProfile = "default";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads a profile, or an empty one where none was named and none is there.</summary>
    /// <param name="host">Where it is looked for.</param>
    /// <param name="name">The profile's name; null means <c>default</c>, which need not exist.</param>
    /// <exception cref="UsageException">The file is wrong, or the named profile does not exist.</exception>
    public static Profile Read(CliHost host, string? name)
    {
        if (Candidates(host).FirstOrDefault(File.Exists) is not { } path)
            return name is null ? new Profile() : throw new UsageException(Say.Text(Messages.ProfileMissing, name, Name));
        try
        {
            var profiles = JsonSerializer.Deserialize<Dictionary<string, Profile>>(File.ReadAllBytes(path), Json) ?? [];
            if (profiles.TryGetValue(name ?? DefaultProfile, out var profile)) return profile.From(Path.GetDirectoryName(path)!);
            return name is null ? new Profile() : throw new UsageException(Say.Text(Messages.ProfileMissing, name, path));
        }
        catch (JsonException e)
        {
            throw new UsageException(Say.Text(Messages.ProfileWrong, path, e.Message));
        }
    }

    static IEnumerable<string> Candidates(CliHost host)
    {
        yield return Path.Combine(host.CurrentFolder, Name);
        // XDG Base Directory Specification: an empty or relative value is ignored.
        var set = host.Variable("XDG_CONFIG_HOME");
        var configuration = Path.IsPathRooted(set) ? set : Path.Combine(host.HomeFolder, ".config");
        yield return Path.Combine(configuration, "linkgw", Name);
    }
}
