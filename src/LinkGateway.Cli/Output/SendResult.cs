using LinkGateway.Client.Sending;

namespace LinkGateway.Cli.Output;

/// <summary>What the end of a sending is worth.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Text">The line for people.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Json">The object for programs.</param>
sealed record SendResult(int Code, string Text, SendOutcome Outcome, object Json);
