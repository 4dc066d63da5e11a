using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>A media type that was read and is written is read back the same.</summary>
static class MediaTypeOracle
{
    public static void Check(MediaType type)
    {
        var written = type.ToString();
        Require.That(MediaType.TryParse(written, out var again), $"The media type was written as '{written}', which cannot be read.");
        Require.Same(Words(type), Words(again), "media type written and read");
    }

    static string Words(MediaType type) =>
        type.Essence + string.Concat(type.Parameters.Select(parameter => $"\n{parameter.Key}\n  {parameter.Value}"));
}
