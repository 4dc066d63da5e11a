using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LinkGateway.Client.Files;

/// <summary>Makes the names in a folder durable: POSIX keeps them apart from contents, and a rename may be lost with the power.</summary>
static class FolderFlush
{
    // open(2): O_RDONLY is 0 everywhere; .NET itself refuses to open a folder.
    const int ReadOnly = 0;

    public static void Run(string folder)
    {
        // NTFS journals names by itself, and Windows has no flush of a folder.
        if (OperatingSystem.IsWindows()) return;
        using var handle = new SafeFileHandle(Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly), ownsHandle: true);
        if (handle.IsInvalid) throw new IOException($"The folder '{folder}' cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    static extern int Open(byte[] path, int flags);
}
