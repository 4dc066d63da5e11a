namespace LinkGateway.LoadBench.Load;

/// <summary>SOAP with Attachments: what stands before and behind the bytes of one attachment.</summary>
static class SwaMessage
{
    public const string FileId = "file@bench";

    public const string ContentType = $"multipart/related; boundary=\"{Boundary}\"; type=\"text/xml\"; start=\"<root@bench>\"";

    public const string Tail = $"\r\n--{Boundary}--\r\n";

    const string Boundary = "linkgateway-bench-boundary";

    public static string Head(string envelope, string encoding = "binary") =>
        $"--{Boundary}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <root@bench>\r\n\r\n"
        + $"{envelope}\r\n--{Boundary}\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: {encoding}\r\n"
        + $"Content-ID: <{FileId}>\r\n\r\n";
}
