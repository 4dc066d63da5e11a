using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator forecast</c>: what waits, when it will be delivered, and by when it must be.</summary>
static class OperatorForecastCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var command = new Command("forecast", Messages.DescribeOperatorForecast);
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            var answer = await link.Client.ForecastAsync(cancellationToken);
            return call.Show(arguments, answer, report => Write(host, report));
        });
        return command;
    }

    static void Write(CliHost host, ForecastReport report)
    {
        foreach (var stop in report.Stops)
            host.Out.WriteLine(Say.Text(
                Messages.ForecastStop, stop.Destination, OperatorText.At(stop.From), OperatorText.At(stop.To), stop.Text).TrimEnd());
        if (report.Routes.Count == 0)
        {
            host.Out.WriteLine(Messages.ForecastNothing);
            return;
        }

        TextTable.Write(
            host,
            [
                Messages.HeadWay, Messages.HeadInterface, Messages.HeadCount, Messages.HeadSize, Messages.HeadElsewhere,
                Messages.HeadStarts, Messages.HeadFinishes, Messages.HeadDeadline, Messages.HeadState,
            ],
            report.Routes.Select(route => new[]
            {
                $"{route.Origin} > {route.Receiver} ({route.Destination})", route.InterfaceId, $"{route.Files}",
                Quantities.Size(route.Bytes), $"{route.Elsewhere}", At(route.StartsAt), At(route.FinishesAt), At(route.Deadline),
                Word(route.Verdict),
            }));
    }

    static string At(DateTimeOffset? instant) => instant is { } at ? OperatorText.At(at) : "-";

    static string Word(DeadlineVerdict verdict) => verdict switch
    {
        DeadlineVerdict.OnTime => Messages.VerdictOnTime,
        DeadlineVerdict.Unknown => Messages.VerdictUnknown,
        DeadlineVerdict.AtRisk => Messages.VerdictAtRisk,
        DeadlineVerdict.Missed => Messages.VerdictMissed,
        _ => "-",
    };
}
