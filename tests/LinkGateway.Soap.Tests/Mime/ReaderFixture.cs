using System.Text;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>Messages written as text, one character a byte, with the boundary <c>b</c>.</summary>
public static class ReaderFixture
{
    public const string ContentType = "multipart/related; boundary=b";

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static MultipartReader Reader(
        string message, string contentType = ContentType, MultipartOptions? options = null, int piece = int.MaxValue)
    {
        Assert.True(MediaType.TryParse(contentType, out var mediaType));
        return new MultipartReader(new SegmentFeed(Bytes(message), Cuts.Of(piece)), mediaType, options);
    }

    /// <summary>All bodies of a message, which must be the same whole and byte by byte.</summary>
    public static string[] Bodies(string message, string contentType = ContentType)
    {
        var whole = Read(int.MaxValue);
        Assert.Equal(whole, Read(1));
        return whole;

        string[] Read(int piece)
        {
            var bodies = new List<string>();
            var reader = Reader(message, contentType, piece: piece);
            while (Outcome.Finished(reader.ReadNextPartAsync()) is { } part)
                bodies.Add(Encoding.Latin1.GetString(Outcome.Body(part)));
            return [.. bodies];
        }
    }

    /// <summary>The first part of a message.</summary>
    public static MimePart First(string message, string contentType = ContentType, MultipartOptions? options = null)
    {
        var part = Outcome.Finished(Reader(message, contentType, options).ReadNextPartAsync());
        Assert.NotNull(part);
        return part;
    }

    /// <summary>The error of a message, which must be the same whole and byte by byte.</summary>
    public static MimeError? Error(string message, MultipartOptions? options = null, string contentType = ContentType)
    {
        var whole = Outcome.Of(Bytes(message), contentType, Cuts.Whole, options: options);
        Assert.Equal(whole, Outcome.Of(Bytes(message), contentType, Cuts.Of(1), options: options));
        Assert.Equal(whole, Outcome.Of(Bytes(message), contentType, Cuts.Of(1), endsWithLastPiece: false, options));
        return whole.Error;
    }
}
