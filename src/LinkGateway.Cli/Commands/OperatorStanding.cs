using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary>An order until further notice. It is undone by another one, so nobody is asked twice.</summary>
sealed class OperatorStanding(CliHost host)
{
    readonly OperatorCall _call = new(host);
    readonly Option<string> _reason = new("--reason") { Description = Messages.OptionOrderReason, HelpName = "TEXT", Required = true };
    readonly Option<bool> _dryRun = new("--dry-run") { Description = Messages.OptionOrderDryRun };

    /// <summary>Adds the options to a command, behind its own.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _reason, _dryRun }) command.Options.Add(option);
        _call.AddTo(command);
    }

    /// <summary>Gives the order, or lifts it where <paramref name="value"/> is null.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> GiveAsync(string subject, string? value, ParseResult arguments, CancellationToken cancellationToken)
    {
        using var link = _call.Connect(arguments);
        var order = new StandingOrderRequest
        {
            Subject = subject,
            Value = value,
            Reason = arguments.GetValue(_reason),
            DryRun = arguments.GetValue(_dryRun),
        };
        var answer = await link.Client.GiveAsync(order, cancellationToken);
        return _call.Show(arguments, answer, Write);
    }

    void Write(StandingOrderResult result) => host.Out.WriteLine(Say.Text(
        result.DryRun ? Messages.StandingWould : Messages.StandingDone,
        result.Subject, OperatorText.Standing(result.Before), OperatorText.Standing(result.After)));
}
