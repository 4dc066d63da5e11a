namespace LinkGateway.Core.Calendars;

/// <summary>Until when a delivery is put off, and why. No attempt is counted for it.</summary>
/// <param name="At">When it may begin.</param>
/// <param name="Code">Code of the reason.</param>
/// <param name="Text">Text of the reason.</param>
public sealed record PutOff(DateTimeOffset At, string Code, string Text);
