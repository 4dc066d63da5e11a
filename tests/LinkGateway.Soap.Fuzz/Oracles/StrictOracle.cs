using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>What the strict profile accepts, the lenient one accepts with the same result, and only that is without deviations.</summary>
static class StrictOracle
{
    static readonly string[] OfDeviations = [Refusal.Of(MimeError.Deviation), Refusal.Of(SoapFormatError.Deviation)];

    public static void Check(Reading lenient, Reading strict, Tally tally)
    {
        Require.That(strict.Deviations.All(report => report.Refused), "The strict profile accepted a deviation.");
        if (strict.Refusal is { } refusal && OfDeviations.Contains(refusal.Kind))
        {
            tally.Count(refusal.Kind);
            // A message refused under either profile may be refused before the lenient one has met a deviation.
            Require.That(lenient.Refusal is not null || lenient.Deviations.Count > 0,
                $"Without any deviation the strict profile refuses: {refusal.Text}");
            return;
        }
        if (strict.Refusal is null)
            tally.Count("accepted as SOAP, strict");
        strict.RequireSame(lenient, "strict and lenient");
    }
}
