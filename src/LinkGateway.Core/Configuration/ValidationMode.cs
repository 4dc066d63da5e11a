namespace LinkGateway.Core.Configuration;

/// <summary>What becomes of messages that do not follow the contract.</summary>
public enum ValidationMode
{
    /// <summary>They are not looked at.</summary>
    Off,

    /// <summary>They pass, and what is wrong with them is logged and counted.</summary>
    Report,

    /// <summary>They are refused: a request as its sender's fault, an answer as its receiver's.</summary>
    Enforce,
}
