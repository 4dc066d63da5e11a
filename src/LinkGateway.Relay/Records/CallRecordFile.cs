using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace LinkGateway.Relay.Records;

/// <summary>
/// Writes call records: files <c>calls-yyyy-MM-dd.jsonl</c>, a day each in the gateway's time zone, UTF-8, one JSON object a line, times
/// with offset. Batched: a record is handed to the operating system at once and forced to disk within a second, so that a crash of the
/// machine may lose its last second. When the disk does not keep up, records are dropped and counted: calls are never held up.
/// Thread-safe.
/// </summary>
public sealed class CallRecordFile : ICallRecords, IAsyncDisposable
{
    const int Waiting = 65_536;
    const int BatchBytes = 256 * 1024;
    const string Prefix = "calls-";
    const string Suffix = ".jsonl";

    static readonly TimeSpan FlushPeriod = TimeSpan.FromSeconds(1);

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        // Ids are partners' text: nothing that a page or a terminal would act on passes unescaped.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default,
    };

    readonly string _folder;
    readonly TimeProvider _time;
    readonly Func<TimeZoneInfo> _zone;
    readonly Func<int> _daysKept;
    readonly Action<Exception?, long> _lost;
    readonly Channel<CallRecord> _records = Channel.CreateBounded<CallRecord>(
        new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    readonly ArrayBufferWriter<byte> _batch = new(BatchBytes);
    readonly Utf8JsonWriter _json;
    readonly Task _writing;
    long _dropped;
    FileStream? _file;
    DateOnly _day;
    long _flushedAt;
    bool _dirty;

    /// <summary>Begins to write.</summary>
    /// <param name="folder">The folder; it exists.</param>
    /// <param name="time">The clock.</param>
    /// <param name="zone">The gateway's time zone.</param>
    /// <param name="daysKept">Days after which a file is removed.</param>
    /// <param name="lost">Told of records that could not be written: why, and how many.</param>
    public CallRecordFile(string folder, TimeProvider time, Func<TimeZoneInfo> zone, Func<int> daysKept, Action<Exception?, long> lost)
    {
        (_folder, _time, _zone, _daysKept, _lost) = (folder, time, zone, daysKept, lost);
        _json = new Utf8JsonWriter(_batch, new JsonWriterOptions { Encoder = Json.Encoder });
        _writing = Task.Run(WriteAsync);
    }

    /// <inheritdoc/>
    public void Add(CallRecord record)
    {
        if (!_records.Writer.TryWrite(record))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Writes what is waiting and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _records.Writer.TryComplete();
        await _writing;
        await _json.DisposeAsync();
    }

    async Task WriteAsync()
    {
        var reader = _records.Reader;
        while (await WaitAsync(reader))
        {
            Guard(() => WriteBatch(reader));
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                _lost(null, dropped);
        }
        Guard(Close);
    }

    // Woken by a record, or when what was written has waited for a second to be forced to disk.
    async ValueTask<bool> WaitAsync(ChannelReader<CallRecord> reader)
    {
        if (!_dirty)
            return await reader.WaitToReadAsync();
        var left = FlushPeriod - _time.GetElapsedTime(_flushedAt);
        if (left > TimeSpan.Zero)
        {
            using var enough = new CancellationTokenSource(left, _time);
            try
            {
                return await reader.WaitToReadAsync(enough.Token);
            }
            catch (OperationCanceledException)
            {
                // Time to flush.
            }
        }
        Guard(Flush);
        return true;
    }

    void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _dirty = false;
            _file?.Dispose();
            _file = null;
            // What waits would meet the same trouble one by one; calls that end from now on try the disk again.
            var lost = 1L;
            while (_records.Reader.TryRead(out _))
                lost++;
            _lost(error, lost);
        }
    }

    void WriteBatch(ChannelReader<CallRecord> reader)
    {
        while (reader.TryRead(out var record))
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(record.ReceivedAt, _zone()).DateTime);
            if (day > _day || _file is null)
            {
                WriteOut();
                Open(day);
            }
            JsonSerializer.Serialize(_json, record, Json);
            _json.Reset();
            _batch.Write("\n"u8);
            if (_batch.WrittenCount >= BatchBytes)
                WriteOut();
        }
        WriteOut();
    }

    void WriteOut()
    {
        if (_batch.WrittenCount == 0)
            return;
        try
        {
            _file!.Write(_batch.WrittenSpan);
        }
        finally
        {
            _batch.ResetWrittenCount();
        }
        if (!_dirty)
            (_dirty, _flushedAt) = (true, _time.GetTimestamp());
    }

    void Flush()
    {
        _dirty = false;
        _file?.Flush(flushToDisk: true);
    }

    void Close()
    {
        Flush();
        _file?.Dispose();
        _file = null;
    }

    void Open(DateOnly day)
    {
        if (_file is not null)
            Close();
        // A call that began before midnight and ended after it stands in the file of the new day.
        _day = day > _day ? day : _day;
        _file = new FileStream(
            Path.Combine(_folder, NameOf(_day)), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        RemoveOld(_day.AddDays(-_daysKept()));
    }

    void RemoveOld(DateOnly before)
    {
        foreach (var path in Directory.EnumerateFiles(_folder, $"{Prefix}*{Suffix}"))
        {
            var name = Path.GetFileName(path);
            if (DateOnly.TryParseExact(name[Prefix.Length..^Suffix.Length], "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var day) && day < before)
                File.Delete(path);
        }
    }

    static string NameOf(DateOnly day) => $"{Prefix}{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{Suffix}";
}
