namespace LinkGateway.Core.Configuration;

/// <summary>The wire values of <see cref="FileKind"/>.</summary>
public static class FileKinds
{
    /// <summary>All values as manifests write them.</summary>
    public static IReadOnlyList<string> WireNames { get; } = [.. Enum.GetValues<FileKind>().Select(WireName)];

    /// <summary>The value as manifests write it: <c>full</c>, <c>difference</c>, <c>change</c> or <c>message</c>.</summary>
    public static string WireName(this FileKind kind) => kind switch
    {
        FileKind.Full => "full",
        FileKind.Difference => "difference",
        FileKind.Change => "change",
        FileKind.Message => "message",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Reads a manifest's value; compared exactly.</summary>
    public static bool TryParse(string text, out FileKind kind)
    {
        foreach (var candidate in Enum.GetValues<FileKind>())
        {
            kind = candidate;
            if (candidate.WireName() == text) return true;
        }
        kind = default;
        return false;
    }
}
