using LinkGateway.Core.Files;

namespace LinkGateway.Storage.Files;

/// <summary>Turns what the operating system reports into <see cref="StorageException"/>.</summary>
static class FileErrors
{
    const int WindowsDiskFull = unchecked((int)0x80070070);
    const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    const int WindowsFileExists = unchecked((int)0x80070050);
    const int WindowsAlreadyExists = unchecked((int)0x800700B7);

    /// <summary>The exception for an errno.</summary>
    public static StorageException FromErrno(int errno, string path) =>
        new(FailureOf(errno), $"{path}: the operating system refused with error {errno}.");

    /// <summary>The exception for what .NET threw; .NET keeps the errno of Unix in <see cref="Exception.HResult"/>.</summary>
    public static StorageException From(Exception exception, string path)
    {
        var failure = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => StorageFailure.NotFound,
            UnauthorizedAccessException => StorageFailure.ReadOnly,
            _ => FailureOf(exception.HResult),
        };
        return new StorageException(failure, $"{path}: {exception.Message}", exception);
    }

    /// <summary>True for what a file operation throws when the medium, and not the program, is at fault.</summary>
    public static bool IsFileError(Exception exception) => exception is IOException or UnauthorizedAccessException;

    static StorageFailure FailureOf(int code) => code switch
    {
        LinuxCalls.NoSpace or LinuxCalls.QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull => StorageFailure.Full,
        LinuxCalls.ReadOnlyFileSystem or LinuxCalls.AccessDenied or LinuxCalls.NotPermitted => StorageFailure.ReadOnly,
        LinuxCalls.NoEntry => StorageFailure.NotFound,
        LinuxCalls.Exists or WindowsFileExists or WindowsAlreadyExists => StorageFailure.AlreadyExists,
        _ => StorageFailure.Unavailable,
    };
}
