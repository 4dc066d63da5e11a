using System.Buffers;
using System.Text;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>What reading a message comes to: the parts that were whole, and the error if there was one. Equal by value.</summary>
public sealed record Outcome(string Parts, MimeError? Error)
{
    /// <summary>Reads a message that is delivered in pieces. Bodies are read to their end.</summary>
    public static Outcome Of(
        byte[] message, string contentType, IEnumerable<int> cuts, bool endsWithLastPiece = true, MultipartOptions? options = null)
    {
        var feed = new SegmentFeed(message, cuts, endsWithLastPiece);
        var parts = new StringBuilder();
        try
        {
            Assert.True(MediaType.TryParse(contentType, out var mediaType));
            var reader = new MultipartReader(feed, mediaType, options);
            while (Finished(reader.ReadNextPartAsync()) is { } part)
            {
                var body = Encoding.Latin1.GetString(Body(part));
                foreach (var header in part.Headers)
                    parts.Append(header.Name).Append(':').Append(header.Value).Append('\n');
                parts.Append('[').Append(body).Append("]\n");
            }
            Assert.True(reader.Completed);
            Assert.True(feed.Exhausted);
            return new(parts.ToString(), null);
        }
        catch (MimeFormatException exception)
        {
            return new(parts.ToString(), exception.Error);
        }
    }

    /// <summary>The content of a part, to its end.</summary>
    public static byte[] Body(MimePart part)
    {
        var content = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = Finished(part.Body.ReadAsync());
            foreach (var segment in read.Buffer)
                content.Write(segment.Span);
            part.Body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return content.WrittenSpan.ToArray();
        }
    }

    /// <summary>The result of something that has nothing to wait for, since the feed never lets it wait.</summary>
    public static T Finished<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompleted, "It waits although the source has answered.");
        return task.GetAwaiter().GetResult();
    }
}
