using System.Text;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>
/// Every part length from 0 to 5000, and lengths around each buffer size, in pieces of every kind (pitfalls 2 to 5): the content is
/// exact, and the same message cut off is the same error.
/// </summary>
public sealed class MultipartReaderChunkingTests
{
    const string ContentType = "multipart/related; boundary=\"boundary\"";
    const string Head = "--boundary\r\nContent-ID: <x>\r\n\r\n";

    // Full of beginnings of the boundary, and without its last letter, so never the boundary itself.
    static readonly byte[] Content = MakeContent(300_000);

    static readonly int[] SmallPieces = [1, 2, 3, 7];
    static readonly int[] LargePieces = [4095, 4096, 4097];

    [Fact]
    public void Lengths_to_200_in_every_kind_of_piece() => AssertLengths(Enumerable.Range(0, 201), [.. SmallPieces, .. LargePieces]);

    [Fact]
    public void Lengths_to_5000_in_large_and_random_pieces() => AssertLengths(Enumerable.Range(201, 4800), LargePieces);

    [Fact]
    public void Lengths_to_5000_in_one_piece_and_small_ones_where_they_end()
    {
        for (var length = 201; length <= 5000; length++)
        {
            var message = MakeMessage(length);
            var first = Head.Length + length - 8;
            foreach (var piece in SmallPieces)
                AssertRead(message, length, Cuts.Of(piece).Prepend(first), $"length {length}, at its end pieces of {piece}");
        }
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(16 * 1024)]
    [InlineData(64 * 1024)]
    [InlineData(256 * 1024)]
    public void Lengths_around_a_buffer_size_in_pieces_around_it__2(int buffer) =>
        AssertLengths(Enumerable.Range(buffer - 80, 100), [buffer - 1, buffer, buffer + 1, buffer / 2]);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void A_boundary_cut_at_each_of_its_bytes_is_found(string lineEnd)
    {
        var message = Encoding.ASCII.GetBytes($"{Head}one{lineEnd}--boundary{lineEnd}{lineEnd}two{lineEnd}--boundary--{lineEnd}");
        var whole = Outcome.Of(message, ContentType, Cuts.Whole);
        Assert.Equal(new("Content-ID:<x>\n[one]\n[two]\n", null), whole);
        for (var first = 1; first < message.Length; first++)
        {
            for (var second = 1; second <= message.Length - first; second++)
                Assert.Equal(whole, Outcome.Of(message, ContentType, [first, second, int.MaxValue]));
        }
    }

    static void AssertLengths(IEnumerable<int> lengths, int[] pieces)
    {
        foreach (var length in lengths)
        {
            var message = MakeMessage(length);
            foreach (var piece in pieces)
                AssertRead(message, length, Cuts.Of(piece), $"length {length}, pieces of {piece}");
            AssertRead(message, length, Cuts.Random(length, 1 + length / 3), $"length {length}, random pieces with seed {length}");
        }
    }

    static void AssertRead(byte[] message, int length, IEnumerable<int> cuts, string what)
    {
        Assert.True(MediaType.TryParse(ContentType, out var mediaType));
        var reader = new MultipartReader(new SegmentFeed(message, cuts), mediaType);
        var part = Outcome.Finished(reader.ReadNextPartAsync());
        Assert.True(Content.AsSpan(0, length).SequenceEqual(Outcome.Body(part!)), what);
        Assert.True(Outcome.Finished(reader.ReadNextPartAsync()) is null, what);

        var cutOff = message.AsMemory(0, message.Length - 1);
        reader = new MultipartReader(new SegmentFeed(cutOff, cuts, endsWithLastPiece: length % 3 == 0), mediaType);
        part = Outcome.Finished(reader.ReadNextPartAsync());
        var failure = Assert.Throws<MimeFormatException>(() => Outcome.Body(part!));
        Assert.True((failure.Error, failure.ByteOffset) == (MimeError.ClosingBoundaryMissing, cutOff.Length), what);
    }

    static byte[] MakeMessage(int length)
    {
        // A bare LF after a CR of the content would be a CRLF.
        var lineEnd = length % 2 == 0 || Content[length - 1] == '\r' ? "\r\n" : "\n";
        return [.. Encoding.ASCII.GetBytes(Head), .. Content.AsSpan(0, length), .. Encoding.ASCII.GetBytes($"{lineEnd}--boundary--")];
    }

    static byte[] MakeContent(int length)
    {
        var random = new Random(42);
        string[] words = ["\r\n--boundar", "\n--bound", "\r", "\n", "--boundar", "-", "\0", "a,b,c", "\r\n", "\r\r\n--"];
        var content = new StringBuilder();
        while (content.Length < length)
            content.Append(words[random.Next(words.Length)]);
        return Encoding.ASCII.GetBytes(content.ToString());
    }
}
