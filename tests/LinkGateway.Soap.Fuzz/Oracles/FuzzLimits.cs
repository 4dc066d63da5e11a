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
        Envelope = new() { RootBytes = int.MaxValue, Depth = 1000, HeaderNodes = int.MaxValue },
        Multipart = new() { MaxParts = 10_000, MaxHeaders = 10_000, MaxHeaderBytes = 1 << 24, BufferBytes = Buffer },
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
            Depth = Pick(chance, 5, EnvelopeLimits.Default.Depth),
            HeaderNodes = Pick(chance, 12, EnvelopeLimits.Default.HeaderNodes),
        },
        Multipart = new()
        {
            MaxParts = Pick(chance, 2, MultipartOptions.Default.MaxParts),
            MaxHeaders = Pick(chance, 3, MultipartOptions.Default.MaxHeaders),
            MaxHeaderBytes = Pick(chance, 150, MultipartOptions.Default.MaxHeaderBytes),
            MaxPreambleBytes = Pick(chance, 8, MultipartOptions.Default.MaxPreambleBytes),
            MaxEpilogueBytes = Pick(chance, 8, MultipartOptions.Default.MaxEpilogueBytes),
            MaxPaddingBytes = Pick(chance, 2, MultipartOptions.Default.MaxPaddingBytes),
            BufferBytes = Buffer,
        },
    };

    static int Pick(Chance chance, int small, int usual) => chance.OneIn(8) ? small : usual;
}
