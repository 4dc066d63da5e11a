namespace LinkGateway.Cli;

/// <summary>The command cannot be carried out as it was given; the message is for the user, in the user's language.</summary>
sealed class UsageException(string message) : Exception(message);
