using LinkGateway.Cli.Texts;
using LinkGateway.Client.Receiving;

namespace LinkGateway.Cli.Output;

/// <summary>Tells what was received: a line a file for people, or one JSON object a round for programs, and the exit code.</summary>
sealed class ReceiveReport(CliHost host, bool json)
{
    /// <summary>Whether nothing is left to do for the file.</summary>
    public static bool IsSettled(ReceiveOutcome outcome) =>
        outcome.End is ReceiveEnd.Received or ReceiveEnd.Applied or ReceiveEnd.Rejected;

    /// <summary>Tells the end of a file.</summary>
    public void Tell(ReceiveOutcome outcome)
    {
        if (!json) Line(CodeOf(outcome.End), $"{outcome.TransferId}: {TextOf(outcome)}");
    }

    /// <summary>Tells the end of a round.</summary>
    /// <returns>The exit code: the worst of the files'.</returns>
    public int Finish(ReceiveRound round)
    {
        var failure = round.Failure is null ? ExitCode.Ok : round.Failure.Temporary ? ExitCode.Temporary : ExitCode.Refused;
        var code = ExitCode.Worst(round.Outcomes.Select(outcome => CodeOf(outcome.End)).Append(failure));
        var failureText = round.Failure is { } list
            ? Say.Text(list.Temporary ? Messages.CallTemporary : Messages.SendRefused, list.Reason)
            : null;
        if (json)
        {
            JsonOutput.Write(host.Out, new
            {
                ExitCode = code,
                ErrorCode = round.Failure?.Refusal?.Code,
                Text = failureText,
                Files = round.Outcomes.Select(Describe),
            });
            return code;
        }

        if (failureText is not null) host.Error.WriteLine(failureText);
        var counts = round.Outcomes.GroupBy(outcome => NameOf(outcome.End)).OrderBy(ends => ends.Key, StringComparer.Ordinal)
            .Select(ends => $"{ends.Count()} {ends.Key}");
        Line(code, Say.Text(Messages.ReceiveSum, round.Outcomes.Count, string.Join(", ", counts)));
        return code;
    }

    void Line(int code, string text) => (code == ExitCode.Ok ? host.Out : host.Error).WriteLine(text);

    static int CodeOf(ReceiveEnd end) => end switch
    {
        ReceiveEnd.Received or ReceiveEnd.Applied => ExitCode.Ok,

        // Another fetches it, or did and was killed: only when its lease has ended is it known whether the file is still to be received.
        ReceiveEnd.Busy => ExitCode.FetchedByAnother,
        ReceiveEnd.Rejected => ExitCode.DeliveryFailed,
        ReceiveEnd.Damaged or ReceiveEnd.NotTrusted => ExitCode.NotVerified,
        ReceiveEnd.NameTaken => ExitCode.Usage,
        ReceiveEnd.LeaseLost or ReceiveEnd.Withdrawn => ExitCode.TakenOver,
        ReceiveEnd.Refused => ExitCode.Refused,
        _ => ExitCode.Temporary,
    };

    static string TextOf(ReceiveOutcome outcome) => outcome.End switch
    {
        ReceiveEnd.Received => Say.Text(Messages.ReceiveReceived, outcome.Path, Quantities.Size(outcome.Size), outcome.Sha256),
        ReceiveEnd.Applied => Say.Text(Messages.ReceiveApplied, outcome.Path, outcome.Result?.Accepted, outcome.Result?.Rejected),
        ReceiveEnd.Rejected => Say.Text(Messages.ReceiveRejected, outcome.Path, outcome.Result?.ExitCode),
        ReceiveEnd.JobDeferred => Say.Text(Messages.ReceiveDeferred, outcome.Path, outcome.Reason),
        ReceiveEnd.Busy => Say.Text(Messages.ReceiveBusy, outcome.Reason),
        ReceiveEnd.LeaseLost => Say.Text(Messages.ReceiveLeaseLost, outcome.Reason),
        ReceiveEnd.Withdrawn => Say.Text(Messages.ReceiveWithdrawn, outcome.Reason),
        ReceiveEnd.NameTaken => Say.Text(Messages.ReceiveNameTaken, outcome.Reason),
        ReceiveEnd.Damaged => Say.Text(Messages.ReceiveDamaged, outcome.Reason),
        ReceiveEnd.NotTrusted => Say.Text(Messages.ReceiveNotTrusted, outcome.Reason),
        ReceiveEnd.Refused => Say.Text(Messages.SendRefused, outcome.Reason),
        _ => Say.Text(Messages.CallTemporary, outcome.Reason),
    };

    static object Describe(ReceiveOutcome outcome) => new
    {
        Result = NameOf(outcome.End),
        ExitCode = CodeOf(outcome.End),
        Text = TextOf(outcome),
        outcome.ErrorCode,
        outcome.DeliveryId,
        outcome.Origin,
        outcome.TransferId,
        File = outcome.Path,
        outcome.Size,
        outcome.Sha256,
        Attempt = outcome.Attempt > 0 ? outcome.Attempt : (int?)null,
        JobExitCode = outcome.Result?.ExitCode,
        outcome.Result?.Accepted,
        outcome.Result?.Rejected,
    };

    static string NameOf(ReceiveEnd end) => char.ToLowerInvariant(end.ToString()[0]) + end.ToString()[1..];
}
