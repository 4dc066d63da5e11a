using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LinkGateway.Storage.Files;

/// <summary>The few Linux system calls that .NET does not offer. Each returns an errno, 0 for success.</summary>
static partial class LinuxCalls
{
    public const int NoEntry = 2;
    public const int IoError = 5;
    public const int NotPermitted = 1;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int InvalidArgument = 22;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int NotImplemented = 38;
    public const int NotSupported = 95;
    public const int QuotaExceeded = 122;

    const int Interrupted = 4;
    const int CurrentDirectory = -100; // AT_FDCWD
    const uint RenameNoReplace = 1; // RENAME_NOREPLACE
    const int KeepSize = 1; // FALLOC_FL_KEEP_SIZE
    const uint SyncWrite = 2; // SYNC_FILE_RANGE_WRITE
    const int MayWriteAndEnter = 3; // W_OK | X_OK
    const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC

    // O_DIRECTORY is one of the flags whose value depends on the processor (asm-generic against arm).
    static readonly int OpenDirectory =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x4000 : 0x10000;

    /// <summary>Flushes a folder, which makes the names in it durable.</summary>
    public static int FlushDirectory(string path)
    {
        var descriptor = Open(path, ReadOnlyCloseOnExec | OpenDirectory);
        if (descriptor < 0) return Marshal.GetLastPInvokeError();
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return Retry(() => Fsync(handle));
    }

    /// <summary>Renames, and fails with <see cref="Exists"/> when the target exists.</summary>
    public static int RenameWithoutReplacing(string source, string target)
    {
        try
        {
            return RenameAt2(CurrentDirectory, source, CurrentDirectory, target, RenameNoReplace) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        catch (EntryPointNotFoundException)
        {
            return NotImplemented; // an old C library
        }
    }

    /// <summary>Whether this process may make files in a folder.</summary>
    public static bool IsWritable(string folder) => Access(folder, MayWriteAndEnter) == 0;

    /// <summary>Gives a file a second name, and fails with <see cref="Exists"/> when that is taken.</summary>
    public static int AddName(string source, string target) => Link(source, target) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Reserves blocks without changing the file's length.</summary>
    public static int Reserve(SafeFileHandle handle, long length) => Retry(() => Fallocate(handle, KeepSize, 0, length));

    /// <summary>Starts write-back of a range; a hint, so its failure is left to the later flush.</summary>
    public static void StartWriteBack(SafeFileHandle handle, long offset, long length) =>
        _ = SyncFileRange(handle, offset, length, SyncWrite);

    static int Retry(Func<int> call)
    {
        while (call() != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted) return error;
        }

        return 0;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int sourceFolder, string source, int targetFolder, string target, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string target);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Fallocate(SafeFileHandle handle, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int SyncFileRange(SafeFileHandle handle, long offset, long length, uint flags);
}
