using System.Text;

namespace LinkGateway.Soap.Fuzz.Corpus;

/// <summary>The messages that mutation begins with: all of them are read without refusal. Line ends are CRLF where nothing else is said.</summary>
static class Messages
{
    // All 256 bytes, line ends and dashes at either end.
    static readonly string Binary = "\r\n--\r\n" + string.Concat(Enumerable.Range(0, 256).Select(value => (char)value)) + "\r\n-\r\n";

    static readonly string Csv = string.Concat(Enumerable.Range(1, 12).Select(row => $"{row:D6},\"a, b\",--x\r\n"));

    public static IReadOnlyList<WireMessage> All { get; } =
    [
        Plain("plain 1.1", "text/xml; charset=utf-8", Utf8(Envelopes.Of(Envelopes.Soap11, Envelopes.Submit))),
        Plain("plain 1.1, declaration and mark", "text/xml",
            [0xEF, 0xBB, 0xBF, .. Utf8(Envelopes.Declaration + Envelopes.Of(Envelopes.Soap11, Envelopes.Japanese))]),
        Plain("plain 1.2, action", "application/soap+xml; charset=\"utf-8\"; action=\"urn:submit\"",
            Utf8(Envelopes.Of(Envelopes.Soap12, Envelopes.Submit, Envelopes.AddressingHeaders))),
        Plain("wordy 1.1", "Text/XML;charset=UTF-8", Utf8(Envelopes.Wordy(Envelopes.Submit))),
        Plain("UTF-16 with mark", "text/xml; charset=utf-16",
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Envelopes.Of(Envelopes.Soap11, Envelopes.Japanese, Envelopes.AddressingHeaders))]),
        Plain("UTF-16BE without mark", "application/soap+xml",
            Encoding.BigEndianUnicode.GetBytes("<?xml version='1.0' encoding='UTF-16'?>" + Envelopes.Of(Envelopes.Soap12, Envelopes.Japanese))),
        Plain("fault 1.1", "text/xml", Utf8(Envelopes.Of(Envelopes.Soap11, Envelopes.Fault11))),
        Plain("fault 1.2", "application/soap+xml", Utf8(Envelopes.Of(Envelopes.Soap12, Envelopes.Fault12, Envelopes.AddressingHeaders))),
        Plain("empty body", "application/xml", Utf8(Envelopes.Of(Envelopes.Soap11, "", ""))),
        Related("SwA, as our writer has it", "part00112233", "; type=\"text/xml\"; start=\"<root@example.org>\"",
            Part(Envelopes.Of(Envelopes.Soap11, Envelopes.Submit),
                "Content-Type: text/xml; charset=utf-8", "Content-Transfer-Encoding: Binary", "Content-ID: <root@example.org>"),
            Part(Binary, "Content-Type: application/octet-stream", "Content-Transfer-Encoding: Binary", "Content-ID: <data@example.org>")),
        Related("SwA, as Axis has it", "----=_Part_0_31.1290", "; type=text/xml; \tstart=\"<6A1D>\"",
            "\r\n",
            Part(Envelopes.Wordy(Envelopes.Submit), "Content-Type: text/xml; charset=UTF-8", "Content-Transfer-Encoding: 8bit", "Content-Id: <6A1D>"),
            Part(Csv, "Content-Type: text/csv", "Content-Transfer-Encoding: binary", "Content-Id: <data%40example.org>")),
        Related("MTOM, as WCF has it", "uuid:7d7f+id=1", "; type=\"application/xop+xml\"; start=\"<http://tempuri.org/0>\"; start-info=\"text/xml\"",
            "preamble\r\n",
            Part(Envelopes.Of(Envelopes.Soap11,
                    "<b:f xmlns:b=\"urn:example:batch\"><x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:http%3A%2F%2Ftempuri.org%2F1\"/></b:f>"),
                "Content-ID: <http://tempuri.org/0>", "Content-Transfer-Encoding: 8bit", "Content-Type: application/xop+xml;charset=utf-8;type=\"text/xml\""),
            Part(Binary, "Content-ID: <http://tempuri.org/1>", "Content-Transfer-Encoding: binary", "Content-Type: application/octet-stream")),
        Related("SOAP 1.2, as gSOAP has it", "==gsoap==", "; start-info=\"application/soap+xml; charset=utf-8\"; type='application/xop+xml'; start=\"<SOAP-ENV:Envelope>\"",
            Part(Envelopes.Of(Envelopes.Soap12, Envelopes.Fault12),
                "Content-Type: application/xop+xml; charset=utf-8;", " type=\"application/soap+xml\"", "Content-Transfer-Encoding: binary",
                "Content-ID: <SOAP-ENV:Envelope>"),
            Part("", "Content-Type: image/png", "Content-Transfer-Encoding: binary", "Content-ID: <id1>")),
        Related("root last", "b", "; start=cid:root",
            Part(Csv, "Content-ID: data@example.org"),
            Part("", "Content-ID:<empty>", "Content-Type: x"),
            Part(Envelopes.Of(Envelopes.Soap11, Envelopes.Submit), "content-id: root", "content-type: TEXT/XML")),
        Related("base64 and quoted-printable", "b64", "; type=text/xml",
            Part("=EF=BB=BF" + Envelopes.Of(Envelopes.Soap11, Envelopes.Submit, Envelopes.AddressingHeaders)
                    .Replace("=", "=3D", StringComparison.Ordinal).Replace("><", "> =\r\n<", StringComparison.Ordinal),
                "Content-Type: text/xml", "Content-Transfer-Encoding: quoted-printable"),
            Part(Convert.ToBase64String(Encoding.Latin1.GetBytes(Binary), Base64FormattingOptions.InsertLineBreaks),
                "Content-ID: <data@example.org>", "Content-Transfer-Encoding: BASE64"),
            Part("a =  \r\nb=3D=C3=A9\t\r\nc", "Content-ID: <2>", "Content-Transfer-Encoding: quoted-printable")),
        Related("bare line feeds", "lf", "; start=\"\"", Lf(
            Part(Envelopes.Of(Envelopes.Soap11, Envelopes.Submit), "Content-Type: text/xml"),
            Part("one\ntwo\n", "Content-ID:", "\t<data@example.org>", "X-Name: \u00E9\u0083\u00FF"))),
        Related("several attachments, one of them multipart", "outer", "; charset=utf-8; action=\"\"",
            Part(Envelopes.Of(Envelopes.Soap11, Envelopes.Japanese), "Content-Type: text/xml; charset=\"UTF-8\""),
            Part("--inner\r\n\r\n--outer-not\r\n--inner--\r\n", "Content-Type: multipart/mixed; boundary=inner", "Content-ID: <1>"),
            Part("x", "Content-ID: <1>", "Content-Location: file.bin", "Content-Description: =?utf-8?B?44GC?="),
            Part("\r\n", "Content-Disposition: attachment; filename*=utf-8''%E3%81%82.csv"),
            Part("y")),
        Related("UTF-16 root", "u", "; boundary*1=ignored",
            Part(Encoding.Latin1.GetString([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Envelopes.Of(Envelopes.Soap12, Envelopes.Submit))]),
                "Content-Type: application/soap+xml; charset=utf-16", "Content-ID: <r>"),
            Part("z", "Content-ID: <z>")),
        Related("epilogue", "'()+_,-./:=?", "",
            Part(Envelopes.Of(Envelopes.Soap11, Envelopes.Fault11), "Content-Type: text/xml"), "--'()+_,-./:=?--  \r\nepilogue\r\n--'()+_,-./:=?\r\n"),
    ];

    static WireMessage Plain(string name, string contentType, byte[] body) => new(name, contentType, body);

    static WireMessage Related(string name, string boundary, string parameters, params string[] pieces)
    {
        var body = string.Concat(pieces.Select(piece => piece.StartsWith('\u0001') ? $"--{boundary}{piece[1..]}" : piece));
        if (!body.Contains($"--{boundary}--", StringComparison.Ordinal))
            body += $"--{boundary}--\r\n";
        return new(name, $"multipart/related; boundary=\"{boundary}\"{parameters}", Encoding.Latin1.GetBytes(body)) { Boundary = boundary };
    }

    // The mark in front stands for the boundary. Text is brought to one character a byte; bytes given as such stay.
    static string Part(string content, params string[] headers) =>
        "\u0001\r\n" + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n" + Bytes(content) + "\r\n";

    static string Lf(params string[] parts) => string.Concat(parts.Select((part, index) =>
        (index == 0 ? part : "--lf" + part[1..]).Replace("\r\n", "\n", StringComparison.Ordinal)));

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static string Bytes(string text) => text.Any(c => c > '\u00FF') ? Encoding.Latin1.GetString(Utf8(text)) : text;
}
