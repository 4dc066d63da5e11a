using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Relay.Channels;

/// <summary>The body of an answer under our time limits: a silence limit and a minimum average rate, never a total time.</summary>
/// <remarks>Bytes pass through untouched; a timer runs only while a read waits.</remarks>
sealed class AnswerBody(PipeReader inner, CallExchange exchange, LimitSettings limits, CancellationToken caller) : PipeReader
{
    ITimer? _timer;
    volatile bool _overdue;
    AnswerBrokenException? _broken;
    bool _completed;

    ReadOnlySequence<byte> _buffer;
    long _unconsumed;
    long _received;

    TimeSpan _waited;
    long _receivedWhileWaiting;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_broken is not null)
            return ValueTask.FromException<ReadResult>(_broken);
        var read = inner.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new(Take(read.Result)) : WaitAsync(read);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_broken is not null)
            throw _broken;
        if (!inner.TryRead(out result))
            return false;
        result = Take(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _unconsumed = _buffer.Slice(consumed).Length;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        if (_completed)
            return;
        _completed = true;
        _timer?.Dispose();
        inner.Complete(exception);
        exchange.End();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read)
    {
        var since = exchange.Time.GetTimestamp();
        var before = _received;
        SetTimer(exchange.Silence);
        using var gone = caller.UnsafeRegister(static body => ((AnswerBody)body!).CancelPendingRead(), this);
        try
        {
            var result = Take(await read);
            CheckRate(exchange.Time.GetElapsedTime(since), _received - before);
            return result;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException && e is not AnswerBrokenException)
        {
            throw _broken = exchange.Break(exchange.Broken(TransportFailure.Describe(e), e));
        }
        finally
        {
            SetTimer(Timeout.InfiniteTimeSpan);
        }
    }

    void SetTimer(TimeSpan due)
    {
        // Made with the first wait: most small answers are there at once.
        if (_timer is null)
            _timer = exchange.Time.CreateTimer(static body => ((AnswerBody)body!).Expire(), this, due, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    void Expire()
    {
        _overdue = true;
        inner.CancelPendingRead();
    }

    ReadResult Take(ReadResult result)
    {
        if (result.IsCanceled && (_overdue || caller.IsCancellationRequested))
        {
            inner.AdvanceTo(result.Buffer.Start);
            caller.ThrowIfCancellationRequested();
            throw _broken = exchange.Break(exchange.Silent());
        }
        _buffer = result.Buffer;
        _received += result.Buffer.Length - _unconsumed;
        // The connection is free again, whatever the consumer does with what is left in the buffer.
        if (result.IsCompleted)
            exchange.End();
        return result;
    }

    void CheckRate(TimeSpan waited, long received)
    {
        _waited += waited;
        _receivedWhileWaiting += received;
        if (_waited < limits.AttachmentRateWindow)
            return;
        if (_receivedWhileWaiting < limits.AttachmentMinimumRate * _waited.TotalSeconds)
        {
            AdvanceTo(_buffer.Start);
            throw _broken = exchange.Break(
                exchange.Broken($"it came with less than limits.attachmentMinimumRate = {limits.AttachmentMinimumRate} bytes a second",
                    null));
        }
        _waited = TimeSpan.Zero;
        _receivedWhileWaiting = 0;
    }
}
