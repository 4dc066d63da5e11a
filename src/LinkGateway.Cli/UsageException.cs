using LinkGateway.Cli.Texts;

namespace LinkGateway.Cli;

/// <summary>The command cannot be carried out as it was given; the message is for the user, in the user's language.</summary>
sealed class UsageException(string message) : Exception(message)
{
    /// <summary>An option without default is neither given nor in the profile.</summary>
    public static UsageException Missing(string option) => new(Say.Text(Messages.OptionMissing, option));
}
