using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Watching;
using LinkGateway.Core.Files;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Watches;

/// <summary>A file of a watched folder on its way into the payload store, like the attachment of an upload.</summary>
sealed class WatchBody(IFileSystem files, IFolderView view, string path, FileFacts facts) : IUploadBody, IAsyncDisposable
{
    const int BufferSize = 256 << 10;

    IFileHandle? _handle;
    PipeReader? _reader;

    public long? MaximumLength => facts.Size;

    public async ValueTask<PipeReader?> OpenAsync(CancellationToken cancellationToken)
    {
        _handle = await files.OpenAsync(path, writable: false, cancellationToken);
        return _reader = PipeReader.Create(new FileBytes(_handle, facts.Size), new StreamPipeReaderOptions(bufferSize: BufferSize));
    }

    // What was read is the file that was judged to be whole only if it is still the same by its name.
    public async ValueTask<Refusal?> FinishAsync(CancellationToken cancellationToken)
    {
        if (await view.FindAsync(path, cancellationToken) != facts || await _handle!.LengthAsync(cancellationToken) != facts.Size)
            return new Refusal(ErrorCatalogue.WatchedFileChanged, facts.Name);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null) await _reader.CompleteAsync();
        if (_handle is not null) await _handle.DisposeAsync();
    }
}
