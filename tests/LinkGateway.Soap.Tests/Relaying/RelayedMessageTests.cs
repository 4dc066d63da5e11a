using System.IO.Pipelines;
using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Tests.Relaying;

/// <summary>A message that is relayed unchanged arrives byte for byte. Seeds are fixed; a failure prints the case.</summary>
public sealed class RelayedMessageTests
{
    static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261127, 1);

    public static TheoryData<string> Manners => [.. RelaySamples.Multipart.Keys];

    [Theory]
    [MemberData(nameof(Manners))]
    public async Task A_multipart_message_is_passed_on_byte_for_byte_in_whatever_manner_it_is_written(string manner)
    {
        var sent = RelaySamples.Multipart[manner];
        foreach (var cut in new[] { 1, 2, 7, 64, int.MaxValue })
        {
            using var message = await RelaySamples.ReadAsync(
                new SegmentFeed(ReaderFixture.Bytes(sent), Cuts.Of(cut)), RelaySamples.RelatedType);
            Assert.True(message.IsMultipart);
            Assert.Equal(RelaySamples.RelatedType, message.ContentType);
            Assert.Equal(XName.Get("put", "urn:t"), message.Envelope.BodyName);
            Assert.Equal(sent, await RelaySamples.WrittenAsync(message));
        }
    }

    [Fact]
    public void Any_chunking_gives_the_same_bytes() => Check.One(Config, Prop.ForAll(
        Gen.Elements(RelaySamples.Multipart.Keys.ToArray()).Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(), sample =>
        {
            var (manner, seed) = sample;
            var sent = RelaySamples.Multipart[manner];
            var feed = new SegmentFeed(ReaderFixture.Bytes(sent), Cuts.Random(seed), seed % 2 == 0);
            using var message = RelaySamples.ReadAsync(feed, RelaySamples.RelatedType).AsTask().GetAwaiter().GetResult();
            return RelaySamples.WrittenAsync(message).GetAwaiter().GetResult() == sent;
        }));

    [Theory]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>\r\n <!-- ä -->")]
    [InlineData("")]
    public async Task A_message_without_parts_is_passed_on_as_often_as_wanted(string before)
    {
        var sent = Encoding.UTF8.GetBytes(before + RelaySamples.Envelope + "\r\n");
        using var message = await RelaySamples.ReadAsync(new SegmentFeed(sent, Cuts.Of(5)), RelaySamples.PlainType);
        Assert.False(message.IsMultipart);
        Assert.True(message.IsWhole);
        Assert.Equal(sent.Length, message.Length(null));
        for (var i = 0; i < 2; i++)
        {
            Assert.True(message.CanRepeat);
            Assert.Equal(Encoding.Latin1.GetString(sent), await RelaySamples.WrittenAsync(message));
        }
    }

    [Fact]
    public async Task Header_blocks_that_must_be_understood_are_not_judged()
    {
        using var message = await RelaySamples.ReadAsync(RelaySamples.Envelope, RelaySamples.PlainType);
        Assert.Equal("x", Assert.Single(message.Envelope.NotUnderstood(new HashSet<XName>())).Name.LocalName);
        Assert.Equal(RelaySamples.Envelope, await RelaySamples.WrittenAsync(message));
    }

    [Fact]
    public async Task What_follows_the_envelope_stays_on_the_wire_until_it_is_written()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var (first, rest) = (RelaySamples.Multipart["to the letter"], new string('z', 300_000));
        first = first[..first.IndexOf("--b--", StringComparison.Ordinal)];
        await pipe.Writer.WriteAsync(ReaderFixture.Bytes(first));
        using var message = await RelaySamples.ReadAsync(pipe.Reader, RelaySamples.RelatedType);
        Assert.False(message.IsWhole);
        Assert.True(message.CanRepeat);
        Assert.EndsWith("</e:Envelope>", Encoding.Latin1.GetString(message.Head.Span), StringComparison.Ordinal);
        Assert.Equal(4711, message.Length(4711));
        Assert.Null(message.Length(null));

        var writing = RelaySamples.WrittenAsync(message);
        await pipe.Writer.WriteAsync(ReaderFixture.Bytes(rest));
        await pipe.Writer.CompleteAsync();
        Assert.Equal(first + rest, await writing);
        Assert.False(message.CanRepeat);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RelaySamples.WrittenAsync(message));
    }

    [Fact]
    public async Task A_small_multipart_message_that_is_there_already_is_whole_and_can_be_repeated()
    {
        var sent = RelaySamples.Multipart["to the letter"];
        using var message = await RelaySamples.ReadAsync(
            new SegmentFeed(ReaderFixture.Bytes(sent), Cuts.Whole), RelaySamples.RelatedType);
        Assert.True(message.IsWhole);
        Assert.Equal(sent.Length, message.Length(null));
        Assert.Equal(sent, await RelaySamples.WrittenAsync(message));
        Assert.Equal(sent, await RelaySamples.WrittenAsync(message));
    }

    [Fact]
    public async Task What_is_written_before_a_silence_is_flushed()
    {
        var (source, sink) = (new Pipe(), new Pipe());
        var sent = RelaySamples.Multipart["to the letter"];
        await source.Writer.WriteAsync(ReaderFixture.Bytes(sent));
        using var message = await RelaySamples.ReadAsync(source.Reader, RelaySamples.RelatedType);
        var writing = message.WriteToAsync(sink.Writer, CancellationToken.None).AsTask();
        var read = await sink.Reader.ReadAtLeastAsync(sent.Length);
        Assert.Equal(sent.Length, read.Buffer.Length);
        Assert.False(writing.IsCompleted);
        await source.Writer.CompleteAsync();
        await writing;
    }

    [Fact]
    public async Task A_receiver_that_has_gone_ends_the_writing()
    {
        var (source, sink) = (new Pipe(), new Pipe());
        await source.Writer.WriteAsync(ReaderFixture.Bytes(RelaySamples.Multipart["to the letter"]));
        using var message = await RelaySamples.ReadAsync(source.Reader, RelaySamples.RelatedType);
        await sink.Reader.CompleteAsync();
        await Assert.ThrowsAsync<IOException>(() => message.WriteToAsync(sink.Writer, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_sender_that_breaks_off_ends_the_writing_with_its_own_error()
    {
        var source = new Pipe();
        await source.Writer.WriteAsync(ReaderFixture.Bytes(RelaySamples.Multipart["to the letter"]));
        using var message = await RelaySamples.ReadAsync(source.Reader, RelaySamples.RelatedType);
        await source.Writer.CompleteAsync(new TimeoutException("gone"));
        await Assert.ThrowsAsync<TimeoutException>(() => RelaySamples.WrittenAsync(message));
    }

    [Fact]
    public async Task The_writer_waits_for_a_slow_receiver()
    {
        var sink = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
        var sent = RelaySamples.Multipart["to the letter"] + new string('z', 2_000_000);
        var feed = new SegmentFeed(ReaderFixture.Bytes(sent), Cuts.Of(4096));
        using var message = await RelaySamples.ReadAsync(feed, RelaySamples.RelatedType);
        var writing = message.WriteToAsync(sink.Writer, CancellationToken.None).AsTask();
        Assert.False(writing.IsCompleted);
        Assert.False(feed.Exhausted);
        var received = new MemoryStream();
        var reading = sink.Reader.CopyToAsync(received);
        await writing;
        await sink.Writer.CompleteAsync();
        await reading;
        Assert.Equal(sent, Encoding.Latin1.GetString(received.ToArray()));
    }

    [Theory]
    [InlineData("--b\r\n\r\n" + RelaySamples.Envelope + "\r\n--b--", SoapFormatError.RootPart)]
    [InlineData("--b\r\nContent-Type: text/xml\r\nContent-ID: <r>\r\n\r\n<a>\r\n--b--", SoapFormatError.NotWellFormed)]
    [InlineData("--b\r\nContent-Type: text/csv\r\nContent-ID: <r>\r\n\r\n<a/>\r\n--b--", SoapFormatError.RootPart)]
    [InlineData("--b\r\nContent-Type: text/xml\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: base64\r\n\r\n\r\n--b--",
        SoapFormatError.NotWellFormed)]
    public async Task What_is_no_soap_message_is_refused(string message, SoapFormatError error) => Assert.Equal(error,
        (await Assert.ThrowsAsync<SoapFormatException>(() => RelaySamples.ReadAsync(message, RelaySamples.RelatedType).AsTask())).Error);

    [Theory]
    [InlineData("--b\r\nContent-Type: text/xml\r\nContent-ID: <r>\r\n\r\n<a/>\r\n--", MimeError.ClosingBoundaryMissing)]
    [InlineData("nothing", MimeError.FirstBoundaryMissing)]
    [InlineData("--b\r\nno header\r\n\r\n", MimeError.HeaderMalformed)]
    public async Task Framing_that_is_broken_before_the_envelope_ends_is_refused(string message, MimeError error)
    {
        var refusal = await Assert.ThrowsAsync<MimeFormatException>(
            () => RelaySamples.ReadAsync(message, RelaySamples.RelatedType).AsTask());
        Assert.Equal(error, refusal.Error);
    }

    [Fact]
    public async Task Limits_hold_for_what_is_kept()
    {
        var limits = new MessageLimits
        {
            PreRootSpoolBytes = 100,
            Envelope = new EnvelopeLimits { RootBytes = RelaySamples.Envelope.Length },
            Multipart = new MultipartOptions { Parts = 2, PreambleBytes = 10, PartHeaderBytes = 200 },
        };
        foreach (var manner in new[] { "to the letter", "base64 root", "quoted-printable root", "root behind attachments" })
            (await RelaySamples.ReadAsync(RelaySamples.Multipart[manner], RelaySamples.RelatedType, limits)).Dispose();
        (await RelaySamples.ReadAsync(RelaySamples.Envelope, RelaySamples.PlainType, limits)).Dispose();

        var root = "Content-Type: text/xml\r\nContent-ID: <r>";
        await Refused(RelaySamples.Envelope + " ", RelaySamples.PlainType, SoapFormatError.TooLarge);
        await Refused(RelaySamples.Framed(root, RelaySamples.Envelope + " "), RelaySamples.RelatedType, SoapFormatError.TooLarge);
        await Refused("--b\r\n\r\n" + new string('a', 101) + "\r\n" + RelaySamples.Multipart["to the letter"], RelaySamples.RelatedType,
            SoapFormatError.SpoolFull);
        // Decoded it is small, but all its line ends would be kept.
        await Refused(RelaySamples.Framed(root + "\r\nContent-Transfer-Encoding: base64", new string('\n', 5_000)),
            RelaySamples.RelatedType, SoapFormatError.TooLarge);

        async Task Refused(string message, string contentType, SoapFormatError error) => Assert.Equal(error,
            (await Assert.ThrowsAsync<SoapFormatException>(() => RelaySamples.ReadAsync(message, contentType, limits).AsTask())).Error);
    }

    [Fact]
    public async Task A_strict_profile_refuses_what_it_does_not_accept()
    {
        var feed = new SegmentFeed(ReaderFixture.Bytes(RelaySamples.Multipart["line feeds alone"]), Cuts.Of(9));
        await Assert.ThrowsAsync<MimeFormatException>(() =>
            RelaySamples.ReadAsync(feed, "multipart/related; type=\"text/xml\"; boundary=\"b\"",
                deviations: new DeviationLog(WireProfile.Strict)).AsTask());
    }
}
