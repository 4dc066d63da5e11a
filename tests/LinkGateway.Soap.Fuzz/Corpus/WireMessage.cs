using System.Text;

namespace LinkGateway.Soap.Fuzz.Corpus;

/// <summary>A message as it comes: the Content-Type of the HTTP message and its body.</summary>
sealed record WireMessage(string Name, string ContentType, byte[] Body)
{
    /// <summary>The body with one character for each byte, for work on its structure.</summary>
    public string Text => Encoding.Latin1.GetString(Body);

    /// <summary>The boundary as the body has it; null for a message that is an envelope alone.</summary>
    public string? Boundary { get; init; }

    public WireMessage WithText(string text) => this with { Body = Encoding.Latin1.GetBytes(text) };
}
