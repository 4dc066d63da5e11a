using System.CommandLine;
using System.Globalization;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator confirm-clock TIME</c>: the gateway's clock is right though it has jumped.</summary>
static class OperatorConfirmClockCommand
{
    public static Command Build(CliHost host)
    {
        var standing = new OperatorStanding(host);
        var time = new Argument<DateTimeOffset>("TIME")
        {
            Description = Messages.ArgumentClockTime,
            CustomParser = result => DateTimeOffset.TryParse(
                result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var parsed) ? parsed : Wrong(result),
        };
        var command = new Command("confirm-clock", Messages.DescribeOperatorConfirmClock) { time };
        standing.AddTo(command);
        command.SetAction((arguments, cancellationToken) => standing.GiveAsync(
            StandingSubjects.Clock, arguments.GetValue(time).ToString("O", CultureInfo.InvariantCulture), arguments, cancellationToken));
        return command;
    }

    static DateTimeOffset Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError(Say.Text(Messages.ValueWrong, "TIME", result.Tokens[0].Value));
        return default;
    }
}
