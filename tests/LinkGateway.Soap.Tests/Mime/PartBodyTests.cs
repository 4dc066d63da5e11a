using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text;
using LinkGateway.Soap.Mime;
using static LinkGateway.Soap.Tests.Mime.ReaderFixture;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>A part's body is a pipe reader like any other, over the source's own memory.</summary>
public sealed class PartBodyTests
{
    const string Head = "--b\r\n\r\n";

    static (MultipartReader Reader, PipeReader Body) Open(PipeReader source)
    {
        Assert.True(MediaType.TryParse(ContentType, out var mediaType));
        var reader = new MultipartReader(source, mediaType);
        return (reader, Outcome.Finished(reader.ReadNextPartAsync())!.Body);
    }

    [Fact]
    public void Content_is_the_sources_memory_and_no_copy__39()
    {
        var message = Bytes($"{Head}content\r\n--b--");
        var body = Open(new SegmentFeed(message, Cuts.Whole)).Body;
        var read = Outcome.Finished(body.ReadAsync());
        Assert.True(MemoryMarshal.TryGetArray(read.Buffer.First, out var segment));
        Assert.Same(message, segment.Array);
        Assert.Equal((Head.Length, "content".Length), (segment.Offset, segment.Count));
        Assert.True(read.IsCompleted);
    }

    [Fact]
    public void Only_what_may_become_the_boundary_is_held_back()
    {
        var body = Open(new SegmentFeed(Bytes($"{Head}content\r\n--XXXX\r\n--b--"), [Head.Length + "content\r\n--".Length, 4, 1000])).Body;
        Assert.Equal("content", Next());
        Assert.Equal("\r\n--XXXX", Next());
        Assert.Equal("", Next());

        string Next()
        {
            var read = Outcome.Finished(body.ReadAsync());
            var text = Encoding.Latin1.GetString(read.Buffer.ToArray());
            body.AdvanceTo(read.Buffer.End);
            return text;
        }
    }

    [Fact]
    public void What_was_not_examined_is_offered_again_without_reading_on()
    {
        var body = Open(new SegmentFeed(Bytes($"{Head}0123456789\r\n--b--"), Cuts.Of(Head.Length + 4))).Body;
        var read = Outcome.Finished(body.ReadAsync());
        Assert.Equal("0123"u8, read.Buffer.ToArray());
        body.AdvanceTo(read.Buffer.GetPosition(1), read.Buffer.GetPosition(2));
        read = Outcome.Finished(body.ReadAsync());
        Assert.Equal("123"u8, read.Buffer.ToArray());
    }

    [Fact]
    public void What_was_examined_and_not_consumed_comes_with_the_next_bytes()
    {
        var body = Open(new SegmentFeed(Bytes($"{Head}0123456789\r\n--b--"), Cuts.Of(Head.Length + 4))).Body;
        var read = Outcome.Finished(body.ReadAsync());
        body.AdvanceTo(read.Buffer.GetPosition(1), read.Buffer.End);
        read = Outcome.Finished(body.ReadAsync());
        Assert.Equal("123456789"u8, read.Buffer.ToArray());
        body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        read = Outcome.Finished(body.ReadAsync());
        Assert.Equal("123456789"u8, read.Buffer.ToArray());
        Assert.True(read.IsCompleted);
    }

    [Fact]
    public void Content_may_be_consumed_little_by_little()
    {
        var body = Open(new SegmentFeed(Bytes($"{Head}0123456789\r\n--b--"), Cuts.Of(13))).Body;
        var taken = new List<byte>();
        ReadResult read;
        do
        {
            read = Outcome.Finished(body.ReadAsync());
            var some = read.Buffer.Slice(0, Math.Min(3, read.Buffer.Length));
            taken.AddRange(some.ToArray());
            body.AdvanceTo(some.End);
        }
        while (!read.IsCompleted || read.Buffer.Length > 3);
        Assert.Equal("0123456789"u8, taken.ToArray());
    }

    [Fact]
    public void Content_that_was_searched_is_not_searched_again__16()
    {
        var message = Bytes($"{Head}0123456789 the rest\r\n--b--");
        var body = Open(new SegmentFeed(message, [Head.Length + 10, 1000])).Body;
        var read = Outcome.Finished(body.ReadAsync());
        // Nobody may write to memory that is being read; here it tells whether the reader looks at it again.
        "\r\n--b--\r\n"u8.CopyTo(message.AsSpan(Head.Length));
        body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        Assert.Equal("\r\n--b--\r\n9 the rest"u8, Outcome.Finished(body.ReadAsync()).Buffer.ToArray());
    }

    [Fact]
    public void After_its_end_it_says_so_again_and_again()
    {
        var body = Open(new SegmentFeed(Bytes($"{Head}x\r\n--b--"), Cuts.Of(1))).Body;
        Assert.Equal("x"u8, Drain(body));
        for (var i = 0; i < 3; i++)
        {
            var read = Outcome.Finished(body.ReadAsync());
            Assert.True(read.IsCompleted && read.Buffer.IsEmpty);
            body.AdvanceTo(read.Buffer.End);
        }
    }

    [Fact]
    public void A_completed_body_cannot_be_read_but_the_next_part_can()
    {
        var (reader, body) = Open(new SegmentFeed(Bytes($"{Head}one\r\n--b\r\n\r\ntwo\r\n--b--"), Cuts.Of(12)));
        Outcome.Finished(body.ReadAsync());
        body.Complete();
        Assert.Throws<InvalidOperationException>(() => body.TryRead(out _));
        Assert.Equal("two"u8, Drain(Outcome.Finished(reader.ReadNextPartAsync())!.Body));
    }

    [Fact]
    public void A_body_cannot_be_read_once_the_next_part_was_asked_for()
    {
        var (reader, body) = Open(new SegmentFeed(Bytes($"{Head}one\r\n--b\r\n\r\ntwo\r\n--b--"), Cuts.Whole));
        Outcome.Finished(reader.ReadNextPartAsync());
        Assert.Throws<InvalidOperationException>(() => body.TryRead(out _));
    }

    [Fact]
    public void TryRead_gives_what_is_there_and_false_for_what_may_be_the_boundary()
    {
        var pipe = new Pipe();
        Write(pipe, $"{Head}x");
        var body = Open(pipe.Reader).Body;
        Assert.True(body.TryRead(out var read));
        Assert.Equal("x"u8, read.Buffer.ToArray());
        body.AdvanceTo(read.Buffer.End);

        Write(pipe, "\r\n--");
        Assert.False(body.TryRead(out _));
        Write(pipe, "b--\r\n");
        Assert.True(body.TryRead(out read));
        Assert.True(read.IsCompleted && read.Buffer.IsEmpty);
    }

    [Fact]
    public async Task Content_that_arrives_late_is_waited_for_and_handed_out_at_once()
    {
        var pipe = new Pipe();
        Write(pipe, Head);
        var body = Open(pipe.Reader).Body;
        var pending = body.ReadAsync();
        Assert.False(pending.IsCompleted);
        Write(pipe, "\r\n-");
        Write(pipe, "late");
        var read = await pending;
        Assert.StartsWith("\r\n-", Encoding.Latin1.GetString(read.Buffer.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pending_read_can_be_cancelled_and_repeated()
    {
        var pipe = new Pipe();
        Write(pipe, Head);
        var body = Open(pipe.Reader).Body;
        var pending = body.ReadAsync();
        body.CancelPendingRead();
        var read = await pending;
        Assert.True(read.IsCanceled && read.Buffer.IsEmpty && !read.IsCompleted);
        body.AdvanceTo(read.Buffer.End);

        Write(pipe, "x\r\n--b--\r\n");
        read = await body.ReadAsync();
        Assert.Equal("x"u8, read.Buffer.ToArray());
    }

    [Fact]
    public async Task A_source_that_waits_for_its_reader_does_not_stop_it()
    {
        // A threshold below the size of the boundary line: nothing moves unless held-back bytes count as examined.
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 2, resumeWriterThreshold: 1, useSynchronizationContext: false));
        var writing = Task.Run(async () =>
        {
            foreach (var value in Bytes($"{Head}one\r\n--bx\r\n--b\r\n\r\ntwo\r\n--b--\r\n"))
                await pipe.Writer.WriteAsync(new[] { value });
            await pipe.Writer.CompleteAsync();
        });
        Assert.True(MediaType.TryParse(ContentType, out var mediaType));
        var reader = new MultipartReader(pipe.Reader, mediaType);
        var bodies = new List<string>();
        while (await reader.ReadNextPartAsync() is { } part)
            bodies.Add(await new StreamReader(part.Body.AsStream()).ReadToEndAsync());
        await writing;
        Assert.Equal(["one\r\n--bx", "two"], bodies);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task A_stream_that_gives_little_at_a_time_is_read_as_well__4(int bufferSize)
    {
        var content = string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},\r\n--"));
        var stream = new MemoryStream(Bytes($"{Head}{content}\r\n--b--"));
        var source = PipeReader.Create(stream, new(bufferSize: bufferSize, minimumReadSize: 1));
        Assert.True(MediaType.TryParse(ContentType, out var mediaType));
        var reader = new MultipartReader(source, mediaType);
        var part = await reader.ReadNextPartAsync();
        Assert.Equal(content, await new StreamReader(part!.Body.AsStream()).ReadToEndAsync());
        Assert.Null(await reader.ReadNextPartAsync());
    }

    [Fact]
    public async Task An_error_of_the_source_passes_through()
    {
        var pipe = new Pipe();
        Write(pipe, $"{Head}x");
        var body = Open(pipe.Reader).Body;
        await pipe.Writer.CompleteAsync(new IOException("reset"));
        await Assert.ThrowsAsync<IOException>(() => body.ReadAsync().AsTask());
    }

    [Fact]
    public async Task After_an_error_the_source_can_still_be_drained_by_its_owner()
    {
        var source = new SegmentFeed(Bytes($"{Head}one\r\n--b\r\nno colon\r\n\r\ntwo\r\n--b--"), Cuts.Of(3));
        var (reader, _) = Open(source);
        await Assert.ThrowsAsync<MimeFormatException>(() => reader.ReadNextPartAsync().AsTask());
        Assert.EndsWith("two\r\n--b--", Encoding.Latin1.GetString(Drain(source)), StringComparison.Ordinal);
    }

    static void Write(Pipe pipe, string text)
    {
        pipe.Writer.Write(Bytes(text));
        Outcome.Finished(pipe.Writer.FlushAsync());
    }

    static byte[] Drain(PipeReader body)
    {
        var content = new ArrayBufferWriter<byte>();
        ReadResult read;
        do
        {
            read = Outcome.Finished(body.ReadAsync());
            content.Write(read.Buffer.ToArray());
            body.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);
        return content.WrittenSpan.ToArray();
    }
}
