using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using LinkGateway.Contract.Errors;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Relay.Channels;

/// <summary>
/// One call at one receiver, from its turn to the end of the answer. It ends once, whichever way, and gives its turn back.
/// </summary>
#pragma warning disable CA1001 // _stop has no timer and no link, and the silence may end while the answer comes: it is not disposed.
sealed class CallExchange
#pragma warning restore CA1001
{
    // Small answers come whole with their headers.
    static readonly StreamPipeReaderOptions SmallBody = new(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024);
    static readonly StreamPipeReaderOptions LargeBody = new(bufferSize: 128 * 1024, minimumReadSize: 16 * 1024);

    readonly ReceiverChannel _channel;
    readonly BreakerEntry _entry;
    readonly OutgoingCall _call;
    readonly CancellationToken _caller;
    readonly RawRequest _request;
    readonly CancellationTokenSource _stop = new();

    ITimer? _timer;
    int _writesSeen;
    long _sentTimestamp;
    volatile bool _sent;
    volatile bool _overdue;
    string? _statusFailure;
    int _ended;

    public CallExchange(ReceiverChannel channel, BreakerEntry entry, OutgoingCall call, CancellationToken caller)
    {
        _channel = channel;
        _entry = entry;
        _call = call;
        _caller = caller;
        _request = ToRequest(call);
    }

    public string DestinationId => _channel.Destination.Id;

    public TimeSpan Silence => _channel.Destination.Silence;

    public TimeProvider Time => _channel.Time;

    public DateTimeOffset? RequestSentAt { get; private set; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Attempt> RunAsync()
    {
        HttpResponseMessage response;
        try
        {
            response = await SendAsync();
        }
        catch (Exception error)
        {
            if (_caller.IsCancellationRequested)
            {
                GiveUp();
                throw new OperationCanceledException("The caller has gone.", error, _caller);
            }
            if (_request.SourceError is not null || RefusalOf(error) is not { } refusal)
            {
                GiveUp();
                throw;
            }
            return Fail(refusal);
        }
        // 304 and its like answer questions that were not asked, and nothing is followed.
        var status = (int)response.StatusCode;
        if (status is < 200 or (>= 300 and < 400))
        {
            response.Dispose();
            return Fail(Broken($"HTTP status {status}", null));
        }
        // What stands before a receiver says so that it is not there. Its faults come with 500.
        _statusFailure = status is 502 or 503 or 504 ? $"HTTP status {status}" : null;
        return new Attempt(await ReceiveAsync(response), null);
    }

    /// <summary>The end of the answer was seen, or nobody wants the rest.</summary>
    public void End() => End(_statusFailure);

    /// <summary>The answer broke.</summary>
    public AnswerBrokenException Break(Refusal refusal)
    {
        End(refusal.ToString());
        _channel.Events.Failed(DestinationId, refusal.Code, Text(refusal));
        return new AnswerBrokenException(refusal);
    }

    public Refusal Silent() => new(ErrorCatalogue.ReceiverSilent, DestinationId, $"{Silence.TotalSeconds:0.###} s");

    public Refusal Broken(string reason, Exception? cause) =>
        new(ErrorCatalogue.AnswerBroken, DestinationId, reason) { Cause = cause };

    async Task<HttpResponseMessage> SendAsync()
    {
        using var gone = _caller.UnsafeRegister(static exchange => ((CallExchange)exchange!)._stop.Cancel(), this);
        try
        {
            if (_request.IsLarge)
                Watch();
            try
            {
                return await _channel.Sender.SendAsync(_request, _stop.Token);
            }
            catch (HttpRequestException error) when (MayRepeat(error))
            {
                _request.Reset();
                _sent = false;
                return await _channel.Sender.SendAsync(_request, _stop.Token);
            }
        }
        finally
        {
            _timer?.Dispose();
        }
    }

    // A pooled connection may have been closed while it was idle, which shows only in the first answer on it.
    bool MayRepeat(HttpRequestException error) =>
        error.InnerException is IOException
        && error.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown
        && (_request.BodyBegun ? _call.MayBeSentTwice : !_request.BodyAsked || _call.CanRepeat)
        && _request.SourceError is null && !_overdue && !_caller.IsCancellationRequested;

    void MarkSent()
    {
        RequestSentAt = Time.GetUtcNow();
        _sentTimestamp = Time.GetTimestamp();
        _sent = true;
        Watch();
    }

    void Watch()
    {
        if (_timer is null)
            _timer = Time.CreateTimer(static state => ((CallExchange)state!).Check(), this, Silence, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(Silence, Timeout.InfiniteTimeSpan);
    }

    // Connecting has its own time, and so has the sender whose bytes are waited for: only the receiver's silence counts.
    void Check()
    {
        var isSilent = _sent
            ? Time.GetElapsedTime(_sentTimestamp) >= Silence
            : _request.IsSending && _request.Writes == _writesSeen;
        if (!isSilent)
        {
            _writesSeen = _request.Writes;
            Watch();
            return;
        }
        _overdue = true;
        _stop.Cancel();
    }

    async ValueTask<ReceiverAnswer> ReceiveAsync(HttpResponseMessage response)
    {
        var begun = Time.GetUtcNow();
        var stream = await response.Content.ReadAsStreamAsync(CancellationToken.None);
        var compressed = _channel.Destination.Gzip && AnswerHeaders.IsGzip(response);
        var length = response.Content.Headers.ContentLength;
        var inner = PipeReader.Create(compressed ? new GZipStream(stream, CompressionMode.Decompress) : stream,
            length is null or > 16 * 1024 ? LargeBody : SmallBody);
        var limits = _channel.Configuration.Current.Configuration.Limits;
        return new ReceiverAnswer(response, new AnswerBody(inner, this, limits, _caller), compressed)
        {
            DestinationId = DestinationId,
            ContentLength = compressed ? null : length,
            RequestSentAt = RequestSentAt ?? begun,
            AnswerBegunAt = begun,
        };
    }

    Refusal? RefusalOf(Exception error)
    {
        if (_overdue)
            return Silent() with { Cause = error };
        if (error is not (HttpRequestException or IOException or OperationCanceledException))
            return null;
        var reason = TransportFailure.Describe(error);
        return _request.BodyBegun
            ? Broken(reason, error)
            : new Refusal(ErrorCatalogue.ReceiverUnreachable, DestinationId, reason) { Cause = error };
    }

    Attempt Fail(Refusal refusal)
    {
        End(refusal.ToString());
        _channel.Events.Failed(DestinationId, refusal.Code, Text(refusal));
        var carriedOut = refusal.Error != ErrorCatalogue.ReceiverUnreachable;
        var mayGoOn = carriedOut ? _call.MayBeSentTwice : !_request.BodyAsked || _call.CanRepeat;
        return new Attempt(null, refusal, carriedOut, mayGoOn);
    }

    void End(string? failure)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _channel.Breaker.End(_entry, failure);
        _channel.Slots.Leave();
    }

    void GiveUp()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _entry.GiveUp();
        _channel.Slots.Leave();
    }

    static string Text(Refusal refusal) => refusal.Cause is { } cause ? $"{refusal} ({cause.Message})" : refusal.ToString();

    RawRequest ToRequest(OutgoingCall call)
    {
        var gzip = _channel.Destination.Gzip;
        var isLarge = call.ContentLength is null or > RawRequest.LargeFrom;
        return new RawRequest
        {
            Address = call.Address,
            ContentType = call.ContentType,
            ContentLength = call.ContentLength,
            Headers = gzip ? WithGzip(call.Headers) : call.Headers,
            WriteAsync = call.WriteAsync,
            CanRepeat = call.CanRepeat,
            ExpectContinue = isLarge && _channel.Destination.ExpectContinue,
            Gzip = gzip && !call.Headers.Any(header => header.Key.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)),
            Sent = MarkSent,
        };
    }

    static List<KeyValuePair<string, string>> WithGzip(IReadOnlyList<KeyValuePair<string, string>> headers) =>
    [
        .. headers.Where(header => !header.Key.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase)),
        new("Accept-Encoding", "gzip"),
    ];
}
