namespace LinkGateway.Soap.Envelope;

/// <summary>
/// What an envelope may cost before it is refused. Every refusal names the limit by its option name, written in lower camel case.
/// </summary>
public sealed record EnvelopeLimits
{
    /// <summary>The limits in force where none are given.</summary>
    public static EnvelopeLimits Default { get; } = new();

    /// <summary>The largest envelope (body without attachments, or root part), in bytes on the wire; 4 MiB by default.</summary>
    public int RootBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The deepest nesting of elements, the envelope itself counted as one; 64 by default.</summary>
    public int EnvelopeDepth { get; init; } = 64;

    /// <summary>The most XML nodes (elements, attributes, texts) in the whole envelope; 1,000,000 by default.</summary>
    public int EnvelopeNodes { get; init; } = 1_000_000;

    /// <summary>
    /// The most attributes of one element, namespace declarations counted too; 256 by default. The work of an XML reader grows with
    /// their square.
    /// </summary>
    public int ElementAttributes { get; init; } = 256;

    /// <summary>
    /// The longest name of an element or attribute, its prefix included, in UTF-16 code units; 1,024 by default.
    /// </summary>
    public int NameLength { get; init; } = 1024;

    /// <summary>The longest namespace of an element, in UTF-16 code units; 1,024 by default.</summary>
    public int NamespaceLength { get; init; } = 1024;

    /// <summary>
    /// The most XML nodes (elements, attributes, texts) within all header blocks together; 20,000 by default. Header blocks are held
    /// as objects, which cost many times their bytes; the body is not.
    /// </summary>
    public int HeaderNodes { get; init; } = 20_000;
}
