namespace LinkGateway.Core.Directory;

/// <summary>What a participant is.</summary>
public enum ParticipantKind
{
    /// <summary>A system that sends and receives for itself.</summary>
    System,

    /// <summary>Another gateway, which forwards for others.</summary>
    Gateway,

    /// <summary>A person who watches and replays.</summary>
    Operator,
}
