using System.Globalization;
using System.Text;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>An HTTP answer: status, header lines and body as texts.</summary>
sealed record RawAnswer(int Status, string Head, string Body)
{
    const string HeadEnd = "\r\n\r\n";
    const string Length = "Content-Length: ";

    /// <summary>Reads an answer; null while it is not whole.</summary>
    public static RawAnswer? TryRead(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(HeadEnd));
        if (end < 0) return null;
        var head = Encoding.ASCII.GetString(bytes, 0, end);
        var length = head.Split("\r\n").Single(line => line.StartsWith(Length, StringComparison.OrdinalIgnoreCase))[Length.Length..];
        var body = bytes.AsSpan(end + HeadEnd.Length);
        return body.Length < int.Parse(length, CultureInfo.InvariantCulture)
            ? null
            : new RawAnswer(int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture), head, Encoding.UTF8.GetString(body));
    }

    /// <summary>Text of the first element of that local name in the body; empty where there is none.</summary>
    public string Text(string element) =>
        System.Xml.Linq.XDocument.Parse(Body).Descendants().FirstOrDefault(one => one.Name.LocalName == element)?.Value ?? "";
}
