namespace LinkGateway.Core.Notices.Callbacks;

/// <summary>What came of a call of an origin's service.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">Why, where it is not noted.</param>
/// <param name="RetryAfter">When the service wants to be called again; null where it does not say.</param>
public sealed record CallbackAnswer(CallbackOutcome Outcome, string Text = "", TimeSpan? RetryAfter = null);
