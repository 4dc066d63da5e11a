using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace LinkGateway.Client.Files;

/// <summary>Writes and renames that survive a loss of power, each whole or not at all.</summary>
static class DurableFile
{
    /// <summary>How the names of files end that are being written.</summary>
    public const string Unfinished = ".tmp";

    const int AtCurrentFolder = -100; // AT_FDCWD
    const uint NoReplace = 1; // RENAME_NOREPLACE
    const int Exists = 17; // EEXIST
    const int Invalid = 22; // EINVAL: the file system cannot do it
    const int NotImplemented = 38; // ENOSYS

    /// <summary>Puts a file in its place, over an older one.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        // A name of its own for each process: two must never share one temporary file.
        var temporary = $"{path}.{Environment.ProcessId}{Unfinished}";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        FolderFlush.Run(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Renames in one step, unless the name is taken: the old name is gone exactly when the new one is there.</summary>
    /// <returns>False when it is taken.</returns>
    public static bool TryMove(string source, string target)
    {
        if (!OperatingSystem.IsLinux()) return TryMovePortably(source, target);
        try
        {
            if (RenameAt2(AtCurrentFolder, Bytes(source), AtCurrentFolder, Bytes(target), NoReplace) == 0) return true;
        }
        catch (EntryPointNotFoundException)
        {
            return TryMovePortably(source, target);
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Exists => false,
            Invalid or NotImplemented => TryMovePortably(source, target),
            var error => throw new IOException($"'{source}' cannot be renamed to '{target}': {new Win32Exception(error).Message}"),
        };
    }

    static bool TryMovePortably(string source, string target)
    {
        if (Path.Exists(target)) return false;
        File.Move(source, target, overwrite: false);
        return true;
    }

    static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "renameat2", SetLastError = true)]
    static extern int RenameAt2(int sourceFolder, byte[] source, int targetFolder, byte[] target, uint flags);
}
