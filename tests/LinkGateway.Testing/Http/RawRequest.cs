using System.Text;

namespace LinkGateway.Testing.Http;

/// <summary>An HTTP request as it came over the wire, the chunks of its body put together.</summary>
public sealed class RawRequest(string head, byte[] body)
{
    readonly string[] _lines = head.TrimEnd().Split("\r\n");

    public string Path => _lines[0].Split(' ')[1];

    public string Head => head;

    public byte[] Body => body;

    /// <summary>The body as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(body);

    /// <summary>The value of a header; null where it is not there.</summary>
    public string? this[string name] => _lines.Skip(1).Select(line => line.Split(':', 2))
        .FirstOrDefault(header => header[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();
}
