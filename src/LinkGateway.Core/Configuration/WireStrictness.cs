namespace LinkGateway.Core.Configuration;

/// <summary>How a partner's messages are judged.</summary>
public enum WireStrictness
{
    /// <summary>What can be understood is accepted and reported.</summary>
    Lenient,

    /// <summary>Every deviation from WS-I Attachments Profile 1.0, RFC 2387 and WS-I Basic Profile 1.1 is refused.</summary>
    Strict,
}
