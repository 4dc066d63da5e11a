using System.Xml.Linq;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>What the scan of plain envelopes accepts, the scan by an XML reader accepts too, and both find the same.</summary>
static class PlainScanOracle
{
    /// <summary>Scans an envelope that was accepted by either of the two.</summary>
    public static void Check(SoapEnvelope envelope, EnvelopeLimits limits, Tally tally)
    {
        if (!envelope.Text.IsUtf8 || PlainScan.TryRun(envelope.Text.BytesBehindMark.Span, limits) is not { } plain)
            return;
        tally.Count("plain envelope");
        Require.Same(InWords(EnvelopeScan.RunByReader(envelope.Text, limits)), InWords(plain), "scan of a plain envelope");
    }

    static string InWords(ScannedEnvelope found) =>
        $"{found.Version} {found.BodyName} {found.BodyElements} {found.HasHref} {found.HasInclude} {found.HasEncodingStyle}\n"
        + string.Join('\n', found.Headers.Select(block => block.ToString(SaveOptions.DisableFormatting)));
}
