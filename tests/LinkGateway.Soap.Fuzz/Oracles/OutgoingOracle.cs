using System.IO.Pipelines;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>An envelope and attachments that were read and are sent as a message of our own are read back the same.</summary>
static class OutgoingOracle
{
    public static void Check(byte[] envelopeBytes, string? charset, Reading read, Chance chance)
    {
        var envelope = SoapEnvelope.Parse(envelopeBytes, charset);
        var attachments = read.Parts.ConvertAll(part =>
        {
            var headers = MimeHeaders.ForPart("a@b", new MediaType("text", "csv"));
            foreach (var header in part.Headers.Where(header => header.Name.StartsWith('X')))
                headers.Add(header);
            return OutgoingAttachment.From(headers, part.Content);
        });
        var message = OutgoingMessage.Create(
            envelope.Version, writer => EnvelopeOracle.WriteBody(envelope, writer), EnvelopeOracle.HeadersOf(envelope), attachments, "urn:a \"b\"");
        var output = new MemoryStream();
        Require.Finished(message.WriteToAsync(PipeWriter.Create(output), CancellationToken.None));
        var bytes = output.ToArray();
        Require.That(message.EndReached && message.Length == bytes.Length, $"The length was foretold as {message.Length} and is {bytes.Length}.");

        Require.That(MediaType.TryParse(message.ContentType, out var type) && SoapMediaType.IsSoap(type), "Our own Content-Type is not that of SOAP.");
        var expected = new Reading { Envelope = read.Envelope };
        for (var i = 0; i < attachments.Count; i++)
            expected.Parts.Add(new(attachments[i].Headers, read.Parts[i].Content));
        var source = new WatchedSource(bytes, Cuts.Random((int)(chance.Next() >> 33), 500), true);
        var sent = SoapPass.Read(source, type, FuzzLimits.Generous, Appetite.All, bytes.Length);
        expected.Deviations = sent.Deviations;
        expected.RequireSame(sent, "sent as a message of our own");
    }
}
