using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Verification;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw verify RECEIPT [FILE]</c>: offline, against the given certificates only.</summary>
static class VerifyCommand
{
    public static Command Build(CliHost host)
    {
        var receipt = new Argument<string>("RECEIPT") { Description = Messages.ArgumentReceipt };
        var file = new Argument<string?>("FILE") { Description = Messages.ArgumentVerifiedFile, Arity = ArgumentArity.ZeroOrOne };
        var trust = new Option<string[]>("--trust") { Description = Messages.OptionReceiptTrust, HelpName = "CERT" };
        var profile = new Option<string?>("--profile") { Description = Messages.OptionProfile, HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = Messages.OptionJson };
        var command = new Command("verify", Messages.DescribeVerify) { receipt, file, trust, profile, json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            IReadOnlyList<string> paths = arguments.GetValue(trust) ?? [];
            if (paths.Count == 0) paths = ProfileFile.Read(host, arguments.GetValue(profile)).ReceiptTrust;
            if (paths.Count == 0) throw UsageException.Missing("--trust");
            var document = await File.ReadAllBytesAsync(arguments.GetValue(receipt)!, cancellationToken);
            IReadOnlyList<X509Certificate2> trusted = [.. CertificateFiles.Trusted(paths)];
            if (StatementReport.IsStatement(document))
                return StatementReport.Tell(host, document, trusted, arguments.GetValue(file), arguments.GetValue(json));
            var verified = ReceiptVerifier.Verify(document, trusted);
            var match = verified.IsValid && arguments.GetValue(file) is { } path
                ? await FileMatch.OfAsync(path, verified.Content, cancellationToken)
                : null;
            if (arguments.GetValue(json)) JsonOutput.Write(host.Out, Describe(verified, match));
            else Write(host, verified, match);
            return verified.IsValid && match is null or { Matches: true } ? ExitCode.Ok : ExitCode.NotVerified;
        });
        return command;
    }

    static void Write(CliHost host, ReceiptVerification verified, FileMatch? match)
    {
        if (!verified.IsValid)
        {
            host.Error.WriteLine(Say.Text(TextOf(verified.Verdict), verified.Reason));
            return;
        }
        var content = verified.Content;
        host.Out.WriteLine(Say.Text(Messages.VerifyValid,
            content.Kind.ToString().ToLowerInvariant(), content.Issuer, content.Origin, content.TransferId));
        host.Out.WriteLine(Say.Text(Messages.VerifyContent, content.Size, content.Sha256, content.Environment,
            content.DeliveredAt ?? content.AcceptedAt, content.Receiver.Length == 0 ? "-" : content.Receiver));
        if (match is { Matches: true }) host.Out.WriteLine(Messages.VerifyFileMatches);
        else if (match is not null) host.Error.WriteLine(Say.Text(Messages.VerifyFileDiffers, match.Difference));
    }

    public static string TextOf(ReceiptVerdict verdict) => verdict switch
    {
        ReceiptVerdict.Tampered => Messages.VerifyTampered,
        ReceiptVerdict.NotTrusted => Messages.VerifyNotTrusted,
        _ => Messages.VerifyNoReceipt,
    };

    static object Describe(ReceiptVerification verified, FileMatch? match) => new
    {
        Verdict = char.ToLowerInvariant(verified.Verdict.ToString()[0]) + verified.Verdict.ToString()[1..],
        Reason = verified.IsValid ? null : verified.Reason,
        Receipt = verified.Content,
        FileMatches = match?.Matches,
        FileDifference = match?.Difference,
    };
}
