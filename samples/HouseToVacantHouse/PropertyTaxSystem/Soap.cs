using System.Text;
using System.Xml.Linq;

namespace VendorA.PropertyTax;

/// <summary>SOAP 1.1 as this vendor has written it by hand for years.</summary>
static class Soap
{
    const string Boundary = "----=_kaoku_part";

    static readonly XNamespace Envelope = "http://schemas.xmlsoap.org/soap/envelope/";

    /// <summary>The element inside the body of a message; null where it is no SOAP 1.1.</summary>
    public static async Task<XElement?> ReadAsync(HttpRequest request)
    {
        if (request.ContentType?.StartsWith("text/xml", StringComparison.OrdinalIgnoreCase) != true) return null;
        var document = await XDocument.LoadAsync(request.Body, LoadOptions.None, request.HttpContext.RequestAborted);
        return document.Root!.Name == Envelope + "Envelope" ? document.Root.Element(Envelope + "Body")!.Elements().Single() : null;
    }

    public static string Write(XElement body, XElement? header = null) => new XElement(Envelope + "Envelope",
        new XAttribute(XNamespace.Xmlns + "soapenv", Envelope),
        header is null ? null : new XElement(Envelope + "Header", header),
        new XElement(Envelope + "Body", body)).ToString(SaveOptions.DisableFormatting);

    public static IResult Answer(XElement body) => Results.Text(Write(body), "text/xml", Encoding.UTF8);

    /// <summary>A fault of the business: the caller asked for what is not there.</summary>
    public static IResult Fault(XElement detail, string text) => Results.Text(Write(new XElement(Envelope + "Fault",
        new XElement("faultcode", "soapenv:Client"), new XElement("faultstring", text), new XElement("detail", detail))),
        "text/xml", Encoding.UTF8, StatusCodes.Status500InternalServerError);

    /// <summary>An answer with an attachment behind it (SOAP with Attachments).</summary>
    public static IResult Answer(XElement body, string contentId, string contentType, byte[] attachment)
    {
        var head = $"--{Boundary}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <root@kaoku.example.jp>\r\n\r\n{Write(body)}\r\n"
            + $"--{Boundary}\r\nContent-Type: {contentType}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{contentId}>\r\n\r\n";
        byte[] message = [.. Encoding.UTF8.GetBytes(head), .. attachment, .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n")];
        return Results.Bytes(message,
            $"multipart/related; boundary=\"{Boundary}\"; type=\"text/xml\"; start=\"<root@kaoku.example.jp>\"");
    }
}
