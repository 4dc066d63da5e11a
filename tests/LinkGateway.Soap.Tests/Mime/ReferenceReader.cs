using System.Text;
using System.Text.RegularExpressions;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>
/// RFC 2046 5.1.1 written down as plainly as possible, over a whole message in a string: what the streaming reader is compared with.
/// The boundary is <c>b</c>; transfer encodings and limits are left out.
/// </summary>
public static partial class ReferenceReader
{
    public static Outcome Read(string message)
    {
        var parts = new StringBuilder();
        var boundary = Boundary().Match(message);
        if (!boundary.Success)
            return new("", MimeError.FirstBoundaryMissing);

        while (!boundary.Groups["closing"].Success)
        {
            var begin = boundary.Index + boundary.Length;
            var next = Boundary().Match(message, begin);
            var text = next.Success ? message[begin..next.Index] : message[begin..];

            var headers = new List<string>();
            var headersEnd = 0;
            while (Line().Match(text, headersEnd) is { Success: true } line)
            {
                headersEnd += line.Length;
                var header = line.Groups["text"].Value;
                if (header.Length == 0)
                    break;
                if (headers.Count > 0 && Fold().IsMatch(header))
                    headers[^1] += header;
                else if (Header().Match(header) is { Success: true } match)
                    headers.Add($"{match.Groups["name"]}:{match.Groups["value"]}");
                else
                    return new(parts.ToString(), MimeError.HeaderMalformed);
            }
            if (!next.Success)
                return new(parts.ToString(), MimeError.ClosingBoundaryMissing);

            var content = LastLineEnd().Replace(text[headersEnd..], "");
            foreach (var header in headers.Select(header => header.Split(':', 2)))
                parts.Append(header[0]).Append(':').Append(header[1].Trim(' ', '\t')).Append('\n');
            parts.Append('[').Append(content).Append("]\n");
            boundary = next;
        }
        return new(parts.ToString(), null);
    }

    // A line of its own; only the closing one may lack its line end, at the end of the message.
    [GeneratedRegex(@"(?<=\A|\n)--b(?:(?<closing>--)[ \t]*(?:\r?\n|\r?\z)|[ \t]*\r?\n)")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\G(?<text>[^\n]*?)\r?\n")]
    private static partial Regex Line();

    [GeneratedRegex(@"\A(?<name>[!-9;-~]+)[ \t]*:(?<value>[^\r\0]*)\z")]
    private static partial Regex Header();

    [GeneratedRegex(@"\A[ \t][^\r\0]*\z")]
    private static partial Regex Fold();

    [GeneratedRegex(@"\r?\n\z")]
    private static partial Regex LastLineEnd();
}
