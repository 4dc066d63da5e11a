using System.IO.Pipelines;
using System.Text;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>What is written, byte by byte.</summary>
public sealed class MultipartWriterTests
{
    static readonly MediaType TextXml = new("text", "xml", [new("charset", "utf-8")]);
    static readonly MediaType Csv = new("text", "csv");

    [Fact]
    public async Task A_message_is_written_as_strict_receivers_expect_it__41_and_43()
    {
        var output = new MemoryStream();
        var writer = new MultipartWriter(PipeWriter.Create(output), "bound");
        await writer.WritePartAsync(MimeHeaders.ForPart("root", TextXml), "<E/>"u8.ToArray());
        await writer.WritePartAsync(MimeHeaders.ForPart("<file@x>", Csv), new MemoryStream("a,b\r\n"u8.ToArray()));
        await writer.CompleteAsync();
        Assert.Equal(
            "--bound\r\n"
            + "Content-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: Binary\r\nContent-ID: <root>\r\n\r\n"
            + "<E/>\r\n"
            + "--bound\r\n"
            + "Content-Type: text/csv\r\nContent-Transfer-Encoding: Binary\r\nContent-ID: <file@x>\r\n\r\n"
            + "a,b\r\n\r\n"
            + "--bound--\r\n",
            Encoding.ASCII.GetString(output.ToArray()));
    }

    [Fact]
    public void The_content_type_has_type_start_and_quoted_boundary_and_no_charset__26_and_43()
    {
        var writer = new MultipartWriter(PipeWriter.Create(Stream.Null), "bound");
        Assert.Equal("multipart/related; type=\"text/xml\"; start=\"<root>\"; boundary=\"bound\"",
            writer.RelatedContentType("root", "text/xml").ToString());
        Assert.Equal("multipart/related; type=\"application/xop+xml\"; start=\"<root>\"; boundary=\"bound\"; start-info=\"text/xml\"",
            writer.RelatedContentType("<root>", "application/xop+xml", "text/xml").ToString());
    }

    [Theory]
    [InlineData("A", "x\r\nB: y")]
    [InlineData("A", "x\ny")]
    [InlineData("A", "x\ry")]
    [InlineData("A", "x\0y")]
    [InlineData("A: x\r\nB", "y")]
    [InlineData("", "y")]
    [InlineData("A B", "y")]
    public void A_header_cannot_break_out_of_its_line__35(string name, string value) =>
        Assert.Throws<ArgumentException>(() => new MimeHeaders { { name, value } });

    [Theory]
    [InlineData("a\r\nX: y")]
    [InlineData("")]
    [InlineData("<>")]
    public void A_content_id_cannot_break_out_of_its_line__35(string contentId) =>
        Assert.Throws<ArgumentException>(() => MimeHeaders.ForPart(contentId, Csv));

    [Fact]
    public async Task Received_headers_are_relayed_unchanged__34_and_42()
    {
        const string headers = "b: \u0089\u00C6\r\nA: folded\r\n  twice\r\nContent-Location: x";
        var part = ReaderFixture.First($"--b\r\n{headers}\r\n\r\none\r\n--b--");
        var output = new MemoryStream();
        await new MultipartWriter(PipeWriter.Create(output), "c").WritePartAsync(part.Headers, part.Body);
        Assert.Equal($"--c\r\n{headers}\r\n\r\none\r\n", Encoding.Latin1.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 70_000)]
    [InlineData(3, 12_345)]
    public async Task The_length_is_known_before_anything_is_written(int attachments, int size)
    {
        var parts = Enumerable.Range(0, attachments)
            .Select(i => (Headers: MimeHeaders.ForPart($"{i}", Csv), Body: new byte[size + i]))
            .ToList();
        var output = new MemoryStream();
        var writer = new MultipartWriter(PipeWriter.Create(output), "bound");
        foreach (var (headers, body) in parts)
            await writer.WritePartAsync(headers, body);
        await writer.CompleteAsync();
        Assert.Equal(output.Length, MultipartWriter.ContentLength("bound", parts.Select(part => (part.Headers, (long)part.Body.Length))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(64 * 1024)]
    public async Task Bodies_from_memory_stream_and_pipe_are_written_alike_under_back_pressure(int bufferBytes)
    {
        var content = new byte[20_000];
        new Random(1).NextBytes(content);
        var headers = MimeHeaders.ForPart("x", Csv);
        var expected = await Write(writer => writer.WritePartAsync(headers, content));
        Assert.Equal(MultipartWriter.ContentLength("bound", [(headers, content.Length)]), expected.Length);
        Assert.Equal(expected, await Write(writer => writer.WritePartAsync(headers, new MemoryStream(content))));
        Assert.Equal(expected, await Write(writer => writer.WritePartAsync(headers, new SegmentFeed(content, Cuts.Random(1, 5000)))));

        async Task<byte[]> Write(Func<MultipartWriter, ValueTask> write)
        {
            var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048, useSynchronizationContext: false));
            var received = new MemoryStream();
            var reading = pipe.Reader.CopyToAsync(received);
            var writer = new MultipartWriter(pipe.Writer, "bound", bufferBytes);
            await write(writer);
            await writer.CompleteAsync();
            await pipe.Writer.CompleteAsync();
            await reading;
            return received.ToArray();
        }
    }

    [Fact]
    public async Task A_large_body_waits_for_the_reader()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1000, resumeWriterThreshold: 500, useSynchronizationContext: false));
        var writer = new MultipartWriter(pipe.Writer, "bound", bufferBytes: 100);
        var writing = writer.WritePartAsync(MimeHeaders.ForPart("x", Csv), new byte[50_000]);
        Assert.False(writing.IsCompleted);
        Assert.True(pipe.Reader.TryRead(out var read));
        Assert.InRange(read.Buffer.Length, 1000, 1200);
        pipe.Reader.AdvanceTo(read.Buffer.Start);
        await pipe.Reader.CompleteAsync();
        await Assert.ThrowsAsync<IOException>(writing.AsTask);
    }

    [Fact]
    public async Task After_the_closing_boundary_nothing_can_be_written()
    {
        var writer = new MultipartWriter(PipeWriter.Create(Stream.Null), "bound");
        await writer.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.CompleteAsync().AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WritePartAsync([], Array.Empty<byte>()).AsTask());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\r\nb")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789_")]
    public void A_boundary_that_cannot_be_one_is_refused(string boundary) =>
        Assert.Throws<ArgumentException>(() => new MultipartWriter(PipeWriter.Create(Stream.Null), boundary));

    [Fact]
    public void A_boundary_is_made_of_randomness_handed_in()
    {
        var boundary = MultipartBoundary.Create("0123456789abcdef"u8);
        Assert.Equal("part30313233343536373839616263646566", boundary);
        Assert.True(MultipartBoundary.IsValid(boundary));
        Assert.True(MultipartBoundary.IsValid(MultipartBoundary.Create(new byte[32])));
        Assert.Throws<ArgumentException>(() => MultipartBoundary.Create(new byte[15]));
    }
}
