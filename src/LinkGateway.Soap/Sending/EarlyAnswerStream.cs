using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LinkGateway.Soap.Sending;

/// <summary>
/// A connection that notices an answer while the request is still being sent. <see cref="HttpClient"/> sends a request whole before
/// it reads: a server that refuses a large upload at once and stops reading would block it, and one that closes would leave it
/// with a broken pipe, the fault unread. Here a read is always open while a body is sent; once it brings an answer, the rest of
/// the body goes nowhere and the client, believing that it has sent all, reads the answer.
/// </summary>
/// <remarks>Such a connection serves no further request: the server holds half of one.</remarks>
sealed class EarlyAnswerStream(Stream inner) : Stream
{
    readonly Lock _gate = new();
    readonly byte[] _aheadBytes = new byte[4096];
    Task<int>? _ahead;
    int _aheadTaken;
    bool _reading;

    EarlyAnswer? _exchange;
    EarlyAnswer? _answeredEarly;
    TaskCompletionSource<bool> _answer = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Task<int>? ahead;
        lock (_gate)
        {
            ahead = _ahead;
            _reading = ahead is null;
        }
        return ahead is null ? ReadInnerAsync(buffer, cancellationToken) : ReadAheadAsync(ahead, buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var exchange = EarlyAnswer.Current;
        if (_answeredEarly is not null && _answeredEarly != exchange)
            return ValueTask.FromException(new SpentConnectionException());
        return exchange is null ? inner.WriteAsync(buffer, cancellationToken) : WriteWatchedAsync(exchange, buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Use the asynchronous members.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Use the asynchronous members.");

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    async ValueTask WriteWatchedAsync(EarlyAnswer exchange, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        Enter(exchange);
        if (_answer.Task is { IsCompletedSuccessfully: true, Result: true })
            TurnAway(exchange);
        if (_answeredEarly is null)
            await WriteUntilAnsweredAsync(exchange, buffer, cancellationToken);
    }

    async Task WriteUntilAnsweredAsync(EarlyAnswer exchange, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var write = inner.WriteAsync(buffer, stop.Token).AsTask();
        await Task.WhenAny(write, _answer.Task);
        if (write.IsCompletedSuccessfully)
            return;
        // The write may be blocked for good by a server that no longer reads; its buffer is not ours to leave behind, so it must end.
        if (!write.IsCompleted && await _answer.Task)
            await stop.CancelAsync();
        try
        {
            await write;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A connection that was closed on us may have brought the answer before.
            if (!await _answer.Task)
                throw;
            TurnAway(exchange);
        }
    }

    void Enter(EarlyAnswer exchange)
    {
        lock (_gate)
        {
            if (_exchange != exchange)
            {
                _exchange = exchange;
                _answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            // The client may have a read open itself: it watches idle connections, and expects 100 Continue.
            if (!_reading && _ahead is null)
                _ahead = ReadInnerAsync(_aheadBytes, CancellationToken.None).AsTask();
        }
    }

    void TurnAway(EarlyAnswer exchange)
    {
        _answeredEarly = exchange;
        exchange.Begin();
    }

    async ValueTask<int> ReadAheadAsync(Task<int> ahead, Memory<byte> buffer) => TakeAhead(await ahead, buffer);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> ReadInnerAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = 0;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
            return read;
        }
        finally
        {
            lock (_gate)
                _reading = false;
            // A read of no bytes only waits for some; those of 100 Continue and its like are no answer.
            if (buffer.Length > 0 && !IsInterim(buffer.Span[..read]))
                _answer.TrySetResult(read > 0);
        }
    }

    int TakeAhead(int read, Memory<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, read - _aheadTaken);
        _aheadBytes.AsSpan(_aheadTaken, taken).CopyTo(buffer.Span);
        _aheadTaken += taken;
        if (_aheadTaken == read)
        {
            Debug.Assert(_ahead is { IsCompleted: true }, "Only a finished read is taken.");
            _aheadTaken = 0;
            lock (_gate)
                _ahead = null;
        }
        return taken;
    }

    static bool IsInterim(ReadOnlySpan<byte> answer) => answer.StartsWith("HTTP/1.1 1"u8) || answer.StartsWith("HTTP/1.0 1"u8);
}
