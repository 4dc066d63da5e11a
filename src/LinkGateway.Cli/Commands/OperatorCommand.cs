using System.CommandLine;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator …</c>: what operators look at and order (docs/operator.md).</summary>
static class OperatorCommand
{
    public static Command Build(CliHost host) => new("operator", Messages.DescribeOperator)
    {
        OperatorStatusCommand.Build(host),
        OperatorListCommand.Build(host),
        OperatorShowCommand.Build(host),
        OperatorSettleCommand.Build(host),
        OperatorOrderCommand.Build(host, "hold", Messages.DescribeOperatorHold, OrderKind.Hold),
        OperatorOrderCommand.Build(host, "release", Messages.DescribeOperatorRelease, OrderKind.Release),
        OperatorOrderCommand.Build(host, "cancel", Messages.DescribeOperatorCancel, OrderKind.Cancel),
        OperatorPassCommand.Build(host),
        OperatorOrdersCommand.Build(host),
        OperatorNoticesCommand.Build(host),
        OperatorScheduleCommand.Build(host),
        OperatorFreezeCommand.Freeze(host),
        OperatorFreezeCommand.Unfreeze(host),
        OperatorConfirmClockCommand.Build(host),
        OperatorModeCommand.Build(host),
        OperatorSuspendCommand.Build(host, "suspend", Messages.DescribeOperatorSuspend, StandingSubjects.InForce),
        OperatorSuspendCommand.Build(host, "resume", Messages.DescribeOperatorResume, null),
        OperatorStandingCommand.Build(host),
        OperatorReplayCommand.Build(host),
        OperatorReplaysCommand.Build(host),
        OperatorReplayStopCommand.Build(host),
    };
}
