using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;

namespace LinkGateway.Soap.Sending;

/// <summary>The body of a <see cref="RawRequest"/> as the content of an HTTP request: written while it is sent, once.</summary>
sealed class RawContent : HttpContent
{
    // StreamPipeWriter copies into buffers of this size before it writes; large ones mean few system calls and few TLS records.
    static readonly StreamPipeWriterOptions LargeOptions = new(minimumBufferSize: 128 * 1024, leaveOpen: true);

    static readonly StreamPipeWriterOptions SmallOptions = new(minimumBufferSize: 8 * 1024, leaveOpen: true);

    static readonly ReadOnlyMemory<byte> Padding = new byte[256 * 1024];

    readonly RawRequest _request;
    readonly Lock _gate = new();
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool _begun;
    bool _stopped;

    public RawContent(RawRequest request)
    {
        _request = request;
        Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        if (request.Gzip)
            Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
    }

    /// <summary>Breaks the writing off if it is under way, and keeps it from beginning if it is not.</summary>
    /// <returns>A task that completes when the request's source is not touched any more.</returns>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            if (!_begun)
                return Task.CompletedTask;
        }
        if (!_ended.Task.IsCompleted)
            _stop.Cancel();
        return _ended.Task;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
        base.Dispose(disposing);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begin();
        try
        {
            using var gone = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
            await SendAsync(stream);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    void Begin()
    {
        lock (_gate)
        {
            // A handler that follows redirects or retries would send the rest of sources that are partly read.
            if (_begun)
                throw new IOException("The message was sent already; its attachments can be read once.");
            if (_stopped)
                throw new IOException("The exchange ended before the message was sent.");
            _begun = true;
        }
    }

    async Task SendAsync(Stream stream)
    {
        // A connection that is of no use shows with the headers, before anything of the source is taken.
        if (!_request.CanRepeat)
            await stream.FlushAsync(_stop.Token);
        _stop.Token.ThrowIfCancellationRequested();
        _request.Ask();
        var output = new CountingStream(stream, _request);
        if (EarlyAnswer.Current is not { } early)
        {
            await WriteAsync(output, _stop.Token);
            return;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, early.Token);
        try
        {
            await WriteAsync(output, stop.Token);
        }
        catch (OperationCanceledException) when (early.HasBegun && !_stop.IsCancellationRequested)
        {
            await PadAsync(stream, _request.WireLength - output.Written, _stop.Token);
        }
    }

    async ValueTask WriteAsync(CountingStream output, CancellationToken ct)
    {
        if (_request.Gzip)
        {
            await using var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
            await WriteAsync(gzip, output, ct);
        }
        else
        {
            await WriteAsync(output, output, ct);
        }
        _request.MarkSent();
    }

    async ValueTask WriteAsync(Stream target, CountingStream output, CancellationToken ct)
    {
        var pipe = PipeWriter.Create(target, _request.IsLarge ? LargeOptions : SmallOptions);
        try
        {
            await _request.WriteAsync(pipe, ct);
            await pipe.CompleteAsync();
        }
        catch (Exception e)
        {
            if (!output.Failed && !ct.IsCancellationRequested)
                _request.SourceError = e;
            await pipe.CompleteAsync(e);
            throw;
        }
    }

    // The client counts what it was promised; the connection lets it go nowhere.
    static async Task PadAsync(Stream stream, long? missing, CancellationToken cancellationToken)
    {
        for (var left = missing ?? 0; left > 0; left -= Padding.Length)
            await stream.WriteAsync(Padding[..(int)Math.Min(left, Padding.Length)], cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _request.WireLength.GetValueOrDefault();
        return _request.WireLength is not null;
    }
}
