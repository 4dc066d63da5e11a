using System.Text;
using LinkGateway.LoadBench.Processes;

namespace LinkGateway.LoadBench.Load;

/// <summary>The head of a request with the origin's credentials.</summary>
static class HttpHead
{
    /// <summary>Writes it.</summary>
    /// <param name="method">Such as POST.</param>
    /// <param name="address">Where it goes.</param>
    /// <param name="contentType">What the body is.</param>
    /// <param name="bodyLength">Bytes of the body; null: chunked.</param>
    /// <param name="keep">Whether the connection is used again.</param>
    public static byte[] Write(string method, Uri address, string contentType, long? bodyLength, bool keep)
    {
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{GatewayUnderTest.Origin}:{GatewayUnderTest.Password}"));
        var framing = bodyLength is { } length ? $"Content-Length: {length}" : "Transfer-Encoding: chunked";
        return Encoding.ASCII.GetBytes(
            $"{method} {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Basic {credentials}\r\n"
            + $"Content-Type: {contentType}\r\nSOAPAction: \"\"\r\n{framing}\r\n{(keep ? "" : "Connection: close\r\n")}\r\n");
    }
}
