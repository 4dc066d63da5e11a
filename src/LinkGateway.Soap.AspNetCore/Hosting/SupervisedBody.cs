using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using LinkGateway.Soap.Envelope;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>
/// The body of a request under our own time limits: a total time for headers and root part, then a silence limit and a minimum average
/// rate for attachments. What the connection throws becomes the sender's fault, told apart from failures of whoever consumes the bytes.
/// </summary>
/// <remarks>Bytes pass through untouched; a timer runs only while a read waits.</remarks>
sealed class SupervisedBody : PipeReader, IDisposable
{
    readonly PipeReader _inner;
    readonly SoapHostOptions _options;
    readonly long _start;
    ITimer? _timer;
    bool _rootIsHere;
    volatile bool _overdue;

    ReadOnlySequence<byte> _buffer;
    bool _reading;
    long _unconsumed;

    TimeSpan _waited;
    long _receivedWhileWaiting;

    public SupervisedBody(PipeReader inner, SoapHostOptions options)
    {
        _inner = inner;
        _options = options;
        _start = options.Time.GetTimestamp();
    }

    /// <summary>The bytes that have arrived.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the end of the body has arrived.</summary>
    public bool EndSeen { get; private set; }

    /// <summary>Whether the sender was too slow or the connection broke: there is nothing more to be had of this body.</summary>
    public bool Broken { get; private set; }

    /// <summary>Says that the envelope is read: from here on the limits of attachments hold.</summary>
    public void RootIsHere() => _rootIsHere = true;

    /// <summary>Ends a read that a failed consumer left open and hands out the bare body, to be drained.</summary>
    public PipeReader Abandon()
    {
        EndRead();
        return _inner;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = _inner.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new(Take(read.Result)) : WaitAsync(read);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!_inner.TryRead(out result))
            return false;
        result = Take(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _unconsumed = _buffer.Slice(consumed).Length;
        _buffer = default;
        _reading = false;
        _inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _inner.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        // The server completes its own body.
    }

    /// <summary>Leaves the body as the server wants it back: with a read left open it could neither drain it nor go on.</summary>
    public void Dispose()
    {
        EndRead();
        _timer?.Dispose();
    }

    void EndRead()
    {
        if (_reading)
            AdvanceTo(_buffer.End);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read)
    {
        var since = _options.Time.GetTimestamp();
        var before = Received;
        SetTimer(Patience(since));
        try
        {
            var result = Take(await read);
            CheckRate(_options.Time.GetElapsedTime(since), Received - before);
            return result;
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException or ConnectionAbortedException)
        {
            throw Break(SoapFormatError.BodyCutOff, $"The request ended after {Received} bytes, before its end.", e);
        }
        finally
        {
            SetTimer(Timeout.InfiniteTimeSpan);
        }
    }

    TimeSpan Patience(long now)
    {
        if (_rootIsHere)
            return _options.AttachmentSilence;
        var left = _options.HeaderAndRootTime - _options.Time.GetElapsedTime(_start, now);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    void SetTimer(TimeSpan due)
    {
        // Made with the first wait: most small messages are there at once.
        if (_timer is null)
            _timer = _options.Time.CreateTimer(static body => ((SupervisedBody)body!).Expire(), this, due, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    void Expire()
    {
        _overdue = true;
        _inner.CancelPendingRead();
    }

    ReadResult Take(ReadResult result)
    {
        if (result.IsCanceled && _overdue)
        {
            _inner.AdvanceTo(result.Buffer.Start);
            throw Break(SoapFormatError.TooSlow, _rootIsHere
                ? $"No byte of the attachments arrived for attachmentSilence ({_options.AttachmentSilence.TotalSeconds:0} s)."
                : $"The envelope did not arrive within headerAndRootTime ({_options.HeaderAndRootTime.TotalSeconds:0} s).");
        }
        _reading = true;
        _buffer = result.Buffer;
        Received += result.Buffer.Length - _unconsumed;
        EndSeen |= result.IsCompleted;
        return result;
    }

    void CheckRate(TimeSpan waited, long received)
    {
        if (!_rootIsHere)
            return;
        _waited += waited;
        _receivedWhileWaiting += received;
        if (_waited < _options.AttachmentRateWindow)
            return;
        if (_receivedWhileWaiting < _options.AttachmentMinimumRate * _waited.TotalSeconds)
        {
            AdvanceTo(_buffer.Start);
            throw Break(SoapFormatError.TooSlow,
                $"The attachments arrived with less than attachmentMinimumRate ({_options.AttachmentMinimumRate}).");
        }
        _waited = TimeSpan.Zero;
        _receivedWhileWaiting = 0;
    }

    SoapFormatException Break(SoapFormatError error, string message, Exception? inner = null)
    {
        Broken = true;
        return new SoapFormatException(error, message, inner);
    }
}
