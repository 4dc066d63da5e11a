using System.Buffers;
using System.Xml;
using LinkGateway.LoadBench.Load;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.LoadBench.Processes;

/// <summary>
/// The comparator of small calls: the fastest endpoint known on this stack that reads SOAP at all. It gathers the body from the pipe,
/// parses it synchronously over bytes and answers 2 KiB; nothing is checked, stored or signed.
/// </summary>
static class SoapEndpoint
{
    public static Task RunAsync(string ready) => BareServer.RunAsync(ready, ParseAndAnswerAsync, largeBlocks: false);

    public static async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.ContentLength = LookupMessages.Answer.Length;
        await context.Response.BodyWriter.WriteAsync(LookupMessages.Answer);
    }

    static async Task ParseAndAnswerAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        var read = await body.ReadAsync();
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync();
        }

        Parse(read.Buffer);
        body.AdvanceTo(read.Buffer.End);
        await AnswerAsync(context);
    }

    static void Parse(ReadOnlySequence<byte> message)
    {
        var length = (int)message.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        message.CopyTo(bytes);
        using (var xml = XmlDictionaryReader.CreateTextReader(bytes, 0, length, XmlDictionaryReaderQuotas.Max))
        {
            while (xml.Read())
            {
            }
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }
}
