using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>Parts that were read and are written again, headers untouched, are read back the same.</summary>
static class RelayOracle
{
    const string TransferEncoding = "Content-Transfer-Encoding";

    public static void Check(IReadOnlyList<ReadPart> parts, string? boundaryBefore, Chance chance)
    {
        var sent = parts.Select(part => part with { Headers = Relayed(part.Headers) }).ToArray();
        var boundary = Boundary(sent, boundaryBefore, chance);
        var output = new MemoryStream();
        var pipe = PipeWriter.Create(output);
        var writer = new MultipartWriter(pipe, boundary, chance.Of(1, 16, 1000, 64 * 1024));
        foreach (var part in sent)
        {
            Require.Finished(chance.Below(3) switch
            {
                0 => writer.WritePartAsync(part.Headers, part.Content),
                1 => writer.WritePartAsync(part.Headers, new MemoryStream(part.Content)),
                _ => writer.WritePartAsync(part.Headers, PipeReader.Create(new ReadOnlySequence<byte>(part.Content))),
            });
        }
        Require.Finished(writer.CompleteAsync());

        var message = output.ToArray();
        var length = MultipartWriter.ContentLength(boundary, sent.Select(part => (part.Headers, (long)part.Content.Length)));
        Require.That(length == message.Length, $"The length was foretold as {length} and is {message.Length}.");
        Require.That(MediaType.TryParse(writer.RelatedContentType("root", "text/xml").ToString(), out var type), "Our own Content-Type cannot be read.");
        var expected = new Reading();
        expected.Parts.AddRange(sent);
        // The writer writes a message without parts as its closing boundary alone.
        var source = new WatchedSource(message, Cuts.Random((int)(chance.Next() >> 33), 50), true);
        var again = MultipartPass.Read(source, type, FuzzLimits.Generous.Multipart, Appetite.All, message.Length);
        expected.Deviations = again.Deviations;
        expected.RequireSame(again, "written again");
    }

    /// <summary>All headers as they came, but for the transfer encoding, which has been taken off.</summary>
    static MimeHeaders Relayed(MimeHeaders headers)
    {
        var relayed = new MimeHeaders();
        foreach (var header in headers)
        {
            if (!header.Name.Equals(TransferEncoding, StringComparison.OrdinalIgnoreCase))
                relayed.Add(header);
        }
        if (relayed.Count < headers.Count)
            relayed.Add(TransferEncoding, "Binary");
        return relayed;
    }

    /// <summary>One as near to what the parts hold as may be written.</summary>
    static string Boundary(ReadPart[] parts, string? before, Chance chance)
    {
        var near = chance.Of("b", "-", "x", before + "-", before + "x", before is { Length: > 1 } ? before[1..] : "y");
        return MultipartBoundary.IsValid(near) && !Array.Exists(parts, part => Holds(part, near))
            ? near
            : MultipartBoundary.Create("not so random..."u8);
    }

    static bool Holds(ReadPart part, string boundary)
    {
        var line = System.Text.Encoding.ASCII.GetBytes($"--{boundary}");
        return part.Content.AsSpan().IndexOf(line) >= 0
            || part.Headers.Any(header => header.Name.Contains($"--{boundary}", StringComparison.Ordinal) || header.RawValue.Span.IndexOf(line) >= 0);
    }
}
