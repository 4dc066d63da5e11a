namespace LinkGateway.Core.Watches;

/// <summary>What is written beside a file that was refused: <c>NAME.error.json</c>.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Text">Why, and what to do.</param>
/// <param name="File">The name under which the file lay in the watched folder.</param>
/// <param name="Watch">Id of the watch.</param>
/// <param name="At">When.</param>
sealed record WatchError(string Code, string Text, string File, string Watch, DateTimeOffset At);
