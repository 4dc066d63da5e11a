using System.Globalization;
using System.Text;

namespace LinkGateway.LoadBench.Load;

/// <summary>The messages of the relay scenarios: a request of 4 KiB with WS-Addressing headers and an answer of 2 KiB.</summary>
static class LookupMessages
{
    public static readonly byte[] Request = Make("Lookup", 4096,
        "<e:Header xmlns:w=\"http://www.w3.org/2005/08/addressing\">"
        + "<w:MessageID>urn:uuid:0d1f4e3a-6f0c-4c7e-9a7b-3f6a5d2c1b00</w:MessageID>"
        + "<w:To>https://gateway.example/services/142051/Lookup</w:To>"
        + "<w:Action>http://linkgateway.example/bench/lookup/Lookup</w:Action></e:Header>");

    public static readonly byte[] Answer = Make("LookupResponse", 2048, "");

    // As many fields as fit; the last value fills what is left.
    static byte[] Make(string element, int size, string header)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + $"<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\">{header}<e:Body>"
            + $"<t:{element} xmlns:t=\"http://linkgateway.example/bench/lookup\">");
        var end = $"</t:{element}></e:Body></e:Envelope>";
        var length = Encoding.UTF8.GetByteCount(text.ToString()) + Encoding.UTF8.GetByteCount(end);
        for (var i = 1; ; i++)
        {
            var field = Field(i, "");
            var left = size - length - Encoding.UTF8.GetByteCount(field);
            var next = Encoding.UTF8.GetByteCount(Field(i + 1, ""));
            if (left < next)
                return Encoding.UTF8.GetBytes(text.Append(Field(i, new string('x', left))).Append(end).ToString());
            text.Append(field);
            length += Encoding.UTF8.GetByteCount(field);
        }
    }

    static string Field(int i, string filling) => string.Create(CultureInfo.InvariantCulture,
        $"<t:field><t:name>項目{i:D2}</t:name><t:value>藤沢市朝日町一番地の{i:D2}{filling}</t:value><t:asOf>2026-04-01</t:asOf></t:field>");
}
