namespace LinkGateway.Core.Delivery;

/// <summary>A due delivery that may not begin yet; that counts as no attempt.</summary>
/// <param name="Until">When it is due again.</param>
/// <param name="Code">Why, for operators; null keeps what stands there.</param>
/// <param name="Text">The text to it.</param>
sealed record PutOff(DateTimeOffset Until, string? Code = null, string? Text = null);
