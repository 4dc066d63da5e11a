using LinkGateway.Client.Files;

namespace LinkGateway.Client.Receiving;

/// <summary>Earlier files of a name: <c>name.1</c> is the one before, <c>name.2</c> the one before that.</summary>
static class Generations
{
    /// <summary>Makes room under the name: what is there becomes the first generation, the oldest beyond the number kept goes.</summary>
    /// <remarks>
    /// It works from the first gap on, so that a crash in the middle, which leaves a gap, costs no generation when it is repeated.
    /// </remarks>
    public static void Shift(string path, int keep)
    {
        if (keep == 0 || !File.Exists(path)) return;
        var gap = 1;
        while (gap < keep && File.Exists(Of(path, gap))) gap++;
        for (; gap > 1; gap--) File.Move(Of(path, gap - 1), Of(path, gap), overwrite: true);
        File.Move(path, Of(path, 1), overwrite: true);
        FolderFlush.Run(Path.GetDirectoryName(path)!);
    }

    static string Of(string path, int generation) => $"{path}.{generation}";
}
