using System.Text;

namespace LinkGateway.Soap.Envelope;

/// <summary>Envelopes as text, and what it costs to read them.</summary>
static class EnvelopeSamples
{
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    public static string Message(string body, string header = "", string soap = Soap11) =>
        $"<e:Envelope xmlns:e='{soap}'>{(header.Length == 0 ? "" : $"<e:Header>{header}</e:Header>")}<e:Body>{body}</e:Body></e:Envelope>";

    public static string Repeat(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    public static SoapEnvelope Parse(string text, EnvelopeLimits? limits = null) =>
        SoapEnvelope.Parse(Encoding.UTF8.GetBytes(text), null, limits);

    public static SoapFormatException Refusal(string text, EnvelopeLimits? limits = null) =>
        Assert.Throws<SoapFormatException>(() => Parse(text, limits));

    /// <summary>The bytes that reading a message allocates on this thread, refused or not.</summary>
    public static long Allocated(string text, EnvelopeLimits limits)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read();
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Read()
        {
            try
            {
                SoapEnvelope.Parse(bytes, null, limits);
            }
            catch (SoapFormatException)
            {
                // A refusal costs too.
            }
        }
    }
}
