using System.Text;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.CoreWcf.Support;

/// <summary>Messages as text, written by hand so that the tests do not depend on the writer under test.</summary>
static class Messages
{
    public const string Reference = "cid:file@vendor.example";

    public static string TypeOf(SoapVersion version, string? action = null) => version.MediaType() + "; charset=utf-8"
        + (version == SoapVersion.Soap12 && action is not null ? $"; action=\"{action}\"" : "");

    public static string MultipartTypeOf(SoapVersion version, string? action = null) =>
        $"multipart/related; type=\"{version.MediaType()}\"; start=\"<root>\"; boundary=\"b0undary\""
        + (version == SoapVersion.Soap12 && action is not null ? $"; action=\"{action}\"" : "");

    public static string ActionHeader(SoapVersion version, string action) =>
        version == SoapVersion.Soap11 ? $"SOAPAction: \"{action}\"\r\n" : "";

    public static string Envelope(
        string operation, string parameter, string value, SoapVersion version = SoapVersion.Soap11, string header = "") =>
        $"<e:Envelope xmlns:e=\"{version.Namespace()}\">{(header.Length == 0 ? "" : $"<e:Header>{header}</e:Header>")}<e:Body>"
        + $"<{operation} xmlns=\"{IVendorService.Namespace}\"><{parameter}>{value}</{parameter}></{operation}></e:Body></e:Envelope>";

    public static string Head(string envelope, SoapVersion version = SoapVersion.Soap11) =>
        $"--b0undary\r\nContent-Type: {version.MediaType()}; charset=utf-8\r\nContent-ID: <root>\r\n\r\n{envelope}\r\n"
        + "--b0undary\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <file@vendor.example>\r\n\r\n";

    public static string End => "\r\n--b0undary--\r\n";

    public static byte[] Multipart(string envelope, string attachment, SoapVersion version = SoapVersion.Soap11) =>
        Utf8(Head(envelope, version) + attachment + End);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
