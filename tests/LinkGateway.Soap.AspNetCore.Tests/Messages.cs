using System.Text;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.AspNetCore;

/// <summary>Messages as text, written by hand so that the tests do not depend on the writer under test.</summary>
static class Messages
{
    public const string Type11 = "text/xml; charset=utf-8";
    public const string Type12 = "application/soap+xml; charset=utf-8";
    public const string TypeMultipart = "multipart/related; type=\"text/xml\"; start=\"<root>\"; boundary=\"b0undary\"";

    public static string Envelope(string operation, string text = "", SoapVersion version = SoapVersion.Soap11, string header = "") =>
        $"<e:Envelope xmlns:e=\"{version.Namespace()}\">{(header.Length == 0 ? "" : $"<e:Header>{header}</e:Header>")}<e:Body>"
        + $"<{operation} xmlns=\"{TestOperations.Namespace}\">{text}</{operation}></e:Body></e:Envelope>";

    public static string Start(string envelope, string rootType = "text/xml") =>
        $"--b0undary\r\nContent-Type: {rootType}; charset=utf-8\r\nContent-ID: <root>\r\n\r\n{envelope}\r\n"
        + "--b0undary\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <file@example.org>\r\n\r\n";

    public static string End => "\r\n--b0undary--\r\n";

    public static byte[] Multipart(string envelope, string attachment, string rootType = "text/xml") =>
        Encoding.UTF8.GetBytes(Start(envelope, rootType) + attachment + End);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
