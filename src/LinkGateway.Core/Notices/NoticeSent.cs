namespace LinkGateway.Core.Notices;

/// <summary>What became of a notice that was handed to a sink.</summary>
/// <param name="Taken">Whether the sink has it.</param>
/// <param name="Text">What the sink answered, or why it did not.</param>
/// <param name="Refused">Whether the sink says that the same notice must fail again.</param>
public sealed record NoticeSent(bool Taken, string Text, bool Refused = false);
