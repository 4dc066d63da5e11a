using System.Text;

namespace LinkGateway.Client.Receiving;

/// <summary>Names under which received files lie: what the origin wished, made harmless.</summary>
static class ReceiveNames
{
    // File systems take 255 bytes; a number or a generation follows the name.
    const int MaxBytes = 230;
    const int MaxNumber = 10_000;

    static readonly char[] Separators = ['/', '\\'];

    /// <summary>The origin's name without folders, without what a file system or a shell's pattern stumbles over.</summary>
    public static string Safe(string wish, string otherwise)
    {
        var name = new StringBuilder(wish[(wish.LastIndexOfAny(Separators) + 1)..]);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i]) || "<>:\"|?*".Contains(name[i], StringComparison.Ordinal)) name[i] = '_';
        }

        // A leading dot hides a file, and the folder of our own begins with one.
        if (name.Length > 0 && name[0] == '.') name[0] = '_';
        var safe = name.ToString().TrimEnd(' ', '.');
        if (safe.Length == 0) safe = otherwise;
        var (stem, extension) = (Path.GetFileNameWithoutExtension(safe), Path.GetExtension(safe));
        while (stem.Length > 1 && Encoding.UTF8.GetByteCount(stem + extension) > MaxBytes) stem = stem[..^1];
        return stem + extension;
    }

    /// <summary>The name with the lowest number that is free; null when there is none.</summary>
    public static string? Numbered(string name, Func<string, bool> isTaken)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        for (var number = 2; number < MaxNumber; number++)
        {
            var numbered = $"{stem} ({number}){extension}";
            if (!isTaken(numbered)) return numbered;
        }

        return null;
    }
}
