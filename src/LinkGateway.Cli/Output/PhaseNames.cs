using LinkGateway.Cli.Texts;
using LinkGateway.Client.Sending;

namespace LinkGateway.Cli.Output;

/// <summary>Names of the steps of a sending.</summary>
static class PhaseNames
{
    public static string Of(SendPhase phase) => phase switch
    {
        SendPhase.Opening => Messages.PhaseOpening,
        SendPhase.Sending => Messages.PhaseSending,
        SendPhase.Committing => Messages.PhaseCommitting,
        _ => Messages.PhaseDelivering,
    };

    public static string Trouble(string reason) => Say.Text(Messages.Trouble, reason);
}
