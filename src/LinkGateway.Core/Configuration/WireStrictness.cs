namespace LinkGateway.Core.Configuration;

/// <summary>How a partner's messages are judged.</summary>
public enum WireStrictness
{
    /// <summary>What can be understood is accepted and reported.</summary>
    Lenient,

    /// <summary>The standards to the letter: WS-I Attachments Profile 1.0, RFC 2387, WS-I Basic Profile 1.1.</summary>
    Strict,
}
