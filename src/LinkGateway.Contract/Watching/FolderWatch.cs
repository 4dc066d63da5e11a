using System.IO.Enumeration;

namespace LinkGateway.Contract.Watching;

/// <summary>Judges from one look to the next which files of a folder are whole. One folder; one caller at a time.</summary>
/// <param name="rules">Which files, and when.</param>
/// <param name="time">
/// The clock. Only the time that has passed between looks counts: neither a clock that is set nor the times of files that were copied with
/// them make a file whole.
/// </param>
public sealed class FolderWatch(WatchRules rules, TimeProvider time)
{
    /// <summary>How what LinkGateway itself writes beside files ends: receipts, error notes, state files. It is never sent.</summary>
    public static IReadOnlyList<string> OwnEndings { get; } = [StateEnding, ".receipt.xml", ".error.json"];

    // Followed by more while it is being written.
    const string StateEnding = ".linkgw";

    Dictionary<string, (FileFacts Facts, long Since)> _seen = new(StringComparer.Ordinal);

    /// <summary>Judges the folder as it is now.</summary>
    /// <param name="present">All files in it.</param>
    public FolderLook Look(IReadOnlyList<FileFacts> present)
    {
        var candidates = present.Where(file => IsMeant(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        return rules.Complete switch
        {
            CompleteRule.Stable => Stable(candidates),
            CompleteRule.Marker => Marked(candidates, present),
            _ => new FolderLook(candidates, 0),
        };
    }

    /// <summary>Whether a file of this name is one to be sent.</summary>
    public bool IsMeant(string name) =>
        name is [not '.', ..]
        && !OwnEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
        && !name.Contains(StateEnding + ".", StringComparison.Ordinal)
        && !(rules.Complete == CompleteRule.Marker && name.EndsWith(rules.MarkerSuffix, StringComparison.Ordinal))
        && rules.Files.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    FolderLook Stable(List<FileFacts> candidates)
    {
        var now = time.GetTimestamp();
        var seen = new Dictionary<string, (FileFacts Facts, long Since)>(StringComparer.Ordinal);
        var whole = new List<FileFacts>();
        foreach (var file in candidates)
        {
            var since = _seen.TryGetValue(file.Name, out var before) && before.Facts == file ? before.Since : now;
            seen.Add(file.Name, (file, since));
            if (time.GetElapsedTime(since, now) >= rules.StableFor) whole.Add(file);
        }

        _seen = seen;
        return new FolderLook(whole, candidates.Count - whole.Count);
    }

    FolderLook Marked(List<FileFacts> candidates, IReadOnlyList<FileFacts> present)
    {
        var names = present.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        return new FolderLook([.. candidates.Where(file => names.Contains(file.Name + rules.MarkerSuffix))], 0);
    }
}
