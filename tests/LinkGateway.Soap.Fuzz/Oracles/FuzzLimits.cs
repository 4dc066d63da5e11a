using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Fuzz.Mutation;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>The limits that messages are read with.</summary>
static class FuzzLimits
{
    /// <summary>For what was accepted once and is written again, which may take more bytes than it came in.</summary>
    public static MessageLimits Generous { get; } = new()
    {
        PreRootSpoolBytes = int.MaxValue,
        Envelope = new()
        {
            RootBytes = int.MaxValue, EnvelopeDepth = 1000, EnvelopeNodes = int.MaxValue, ElementAttributes = int.MaxValue, NameLength = int.MaxValue,
            HeaderNodes = int.MaxValue,
        },
        Multipart = new() { Parts = 10_000, PartHeaders = 10_000, PartHeaderBytes = 1 << 24, BufferBytes = Buffer },
    };

    // Small, so that what one part costs stands out against what a message of many parts may cost.
    const int Buffer = 1024;

    /// <summary>Each limit mostly at its default, now and then so small that mutation reaches it.</summary>
    public static MessageLimits Of(Chance chance) => new()
    {
        PreRootSpoolBytes = Pick(chance, 100, MessageLimits.Default.PreRootSpoolBytes),
        Envelope = new()
        {
            RootBytes = Pick(chance, 600, EnvelopeLimits.Default.RootBytes),
            EnvelopeDepth = Pick(chance, 5, EnvelopeLimits.Default.EnvelopeDepth),
            EnvelopeNodes = Pick(chance, 30, EnvelopeLimits.Default.EnvelopeNodes),
            ElementAttributes = Pick(chance, 3, EnvelopeLimits.Default.ElementAttributes),
            NameLength = Pick(chance, 12, EnvelopeLimits.Default.NameLength),
            HeaderNodes = Pick(chance, 12, EnvelopeLimits.Default.HeaderNodes),
        },
        Multipart = new()
        {
            Parts = Pick(chance, 2, MultipartOptions.Default.Parts),
            PartHeaders = Pick(chance, 3, MultipartOptions.Default.PartHeaders),
            PartHeaderBytes = Pick(chance, 150, MultipartOptions.Default.PartHeaderBytes),
            PreambleBytes = Pick(chance, 8, MultipartOptions.Default.PreambleBytes),
            EpilogueBytes = Pick(chance, 8, MultipartOptions.Default.EpilogueBytes),
            PaddingBytes = Pick(chance, 2, MultipartOptions.Default.PaddingBytes),
            BufferBytes = Buffer,
        },
    };

    static int Pick(Chance chance, int small, int usual) => chance.OneIn(8) ? small : usual;
}
