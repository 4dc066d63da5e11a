using LinkGateway.Soap.Fuzz.Corpus;
using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>Everything that is required of one message.</summary>
static class Execution
{
    public static void Run(WireMessage message, Chance chance, Tally tally)
    {
        if (!MediaType.TryParse(message.ContentType, out var type))
        {
            tally.Count("Content-Type refused");
            return;
        }
        MediaTypeOracle.Check(type);
        var limits = FuzzLimits.Of(chance);
        var body = message.Body;
        Reading? parts = null;
        if (type.Type == "multipart" || type.Parameter("boundary") is not null)
            parts = CheckMultipart(body, type, limits.Multipart, chance, tally);

        var read = CutOracle.Check("SOAP", body, chance, tally,
            (source, appetite) => SoapPass.Read(source, type, limits, appetite, body.Length));
        tally.Count(read.Refusal?.Kind ?? "accepted as SOAP");
        StrictOracle.Check(read, SoapPass.Read(
            new WatchedSource(body, Cuts.Whole, true), type, limits, Appetite.All, body.Length, WireProfile.Strict), tally);
        if (type.Essence != SoapMediaType.Multipart)
            CheckEnvelope(body, type.Parameter("charset"), read, limits, chance, tally);
        else if (parts?.Parts.Find(IsRoot(type, parts)) is { } root)
            CheckEnvelope(root.Content, TypeOf(root)?.Parameter("charset"), read, limits, chance, tally);
    }

    static Reading CheckMultipart(byte[] body, MediaType type, MultipartOptions options, Chance chance, Tally tally)
    {
        var reading = CutOracle.Check("multipart", body, chance, tally,
            (source, appetite) => MultipartPass.Read(source, type, options, appetite, body.Length));
        if (chance.OneIn(3))
            MultipartPass.RequireSameWhenSkipped(new WatchedSource(body, Cuts.Of(chance.Of(20, 300)), true), type, options, reading);
        tally.Count(reading.Refusal?.Kind ?? "accepted as multipart");
        RelayOracle.Check(reading.Parts, type.Parameter("boundary"), chance);
        return reading;
    }

    static void CheckEnvelope(byte[] envelope, string? charset, Reading read, MessageLimits limits, Chance chance, Tally tally)
    {
        var words = EnvelopeOracle.Check(envelope, charset, limits.Envelope, tally);
        if (read.Envelope.Length > 0)
            Require.Same(words, read.Envelope, "envelope alone and in its message");
        if (read is { Refusal: null, Envelope.Length: > 0 })
            OutgoingOracle.Check(envelope, charset, read, chance);
    }

    /// <summary>RFC 2387 3.2: the part that start names, or without it the first.</summary>
    static Predicate<ReadPart> IsRoot(MediaType type, Reading reading) => ContentIds.Normalise(type.Parameter("start")) is { } start
        ? part => ContentIds.Matches(part.Headers["Content-ID"], start)
        : part => part == reading.Parts[0];

    static MediaType? TypeOf(ReadPart part) => MediaType.TryParse(part.Headers["Content-Type"], out var type) ? type : null;
}
