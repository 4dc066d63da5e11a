using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>A part that was read to its end.</summary>
sealed record ReadPart(MimeHeaders Headers, byte[] Content);

/// <summary>What reading a message came to.</summary>
sealed class Reading
{
    /// <summary>The envelope in words; empty where none was read, or where the reading was not of envelopes.</summary>
    public string Envelope { get; set; } = "";

    public List<ReadPart> Parts { get; } = [];

    /// <summary>What was read of the part that the message was refused in.</summary>
    public byte[] Unfinished { get; set; } = [];

    public Refusal? Refusal { get; set; }

    /// <summary>The deviations that were accepted.</summary>
    public IReadOnlyList<DeviationReport> Deviations { get; set; } = [];

    /// <summary>Requires that another reading of the same bytes came to the same.</summary>
    public void RequireSame(Reading other, string what)
    {
        Require.Same(Refusal?.ToString(), other.Refusal?.ToString(), $"{what}, refusal");
        Require.Same(Envelope, other.Envelope, $"{what}, envelope");
        Require.That(Parts.Count == other.Parts.Count, $"{what}: {Parts.Count} and {other.Parts.Count} parts.");
        for (var i = 0; i < Parts.Count; i++)
        {
            RequireSameHeaders(Parts[i].Headers, other.Parts[i].Headers, $"{what}, part {i + 1}");
            Require.That(Parts[i].Content.AsSpan().SequenceEqual(other.Parts[i].Content), $"{what}: the content of part {i + 1} differs.");
        }
        // Up to a refusal more or less of the message may have been seen.
        if (Refusal is null)
            Require.Same(Words(Deviations), Words(other.Deviations), $"{what}, deviations");
        var common = Math.Min(Unfinished.Length, other.Unfinished.Length);
        Require.That(Unfinished.AsSpan(0, common).SequenceEqual(other.Unfinished.AsSpan(0, common)),
            $"{what}: the content before the refusal differs.");
    }

    // Where in a part's encoded content a deviation is found is a matter of cuts.
    static string Words(IEnumerable<DeviationReport> deviations) => string.Join('\n', deviations.Select(
        report => report.Deviation == Deviation.Base64Unpadded ? report with { ByteOffset = 0 } : report));

    public static void RequireSameHeaders(IReadOnlyList<MimeHeader> headers, IReadOnlyList<MimeHeader> others, string what)
    {
        Require.That(headers.Count == others.Count, $"{what}: {headers.Count} and {others.Count} headers.");
        foreach (var (header, other) in headers.Zip(others))
        {
            Require.Same(header.Name, other.Name, $"{what}, header name");
            Require.Same(header.Value, other.Value, $"{what}, value of {header.Name}");
            Require.That(header.RawValue.Span.SequenceEqual(other.RawValue.Span), $"{what}: the bytes of the header {header.Name} differ.");
        }
    }
}
