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
    public int Depth { get; init; } = 64;

    /// <summary>
    /// The most XML nodes (elements, attributes, texts) within all header blocks together; 20,000 by default. Header blocks are held
    /// as objects, which cost many times their bytes; the body is not.
    /// </summary>
    public int HeaderNodes { get; init; } = 20_000;
}
