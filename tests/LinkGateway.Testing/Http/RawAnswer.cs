using System.Globalization;
using System.Text;

namespace LinkGateway.Testing.Http;

/// <summary>An HTTP answer as it came over the wire, the chunks of its body put together.</summary>
public sealed class RawAnswer(string head, byte[] body)
{
    readonly string[] _lines = head.TrimEnd().Split("\r\n");

    /// <summary>The status code; 0 where the head is cut off before it.</summary>
    public int Status => _lines[0].Split(' ') is [_, var status, ..] ? int.Parse(status, CultureInfo.InvariantCulture) : 0;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The body as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(body);

    /// <summary>The value of a header; null where it is not there.</summary>
    public string? this[string name] => _lines.Skip(1).Select(line => line.Split(':', 2))
        .FirstOrDefault(header => header[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();

    public override string ToString() => head + Text;
}
