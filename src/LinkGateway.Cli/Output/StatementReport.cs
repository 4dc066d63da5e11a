using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LinkGateway.Cli.Commands;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Statements;

namespace LinkGateway.Cli.Output;

/// <summary>Tells what a gateway's signed statement says, and whether a file is the one of which it speaks.</summary>
static class StatementReport
{
    /// <summary>Whether a document looks like a statement, and not like a receipt; nothing is proved by that.</summary>
    public static bool IsStatement(byte[] document) => document.AsSpan().StartsWith("<statement"u8);

    /// <summary>Verifies and tells.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(CliHost host, byte[] document, IReadOnlyList<X509Certificate2> trusted, string? file, bool json)
    {
        var verified = StatementVerifier.Verify(document, trusted);
        var matches = verified.IsValid && file is not null ? Speaks(verified.Content, file) : (bool?)null;
        if (json)
        {
            var verdict = char.ToLowerInvariant($"{verified.Verdict}"[0]) + $"{verified.Verdict}"[1..];
            JsonOutput.Write(
                host.Out, new { Verdict = verdict, verified.Reason, Statement = verified.Content, FileMatches = matches });
        }
        else Write(host, verified, matches);
        return verified.IsValid && matches is null or true ? ExitCode.Ok : ExitCode.NotVerified;
    }

    static void Write(CliHost host, StatementVerification verified, bool? matches)
    {
        if (!verified.IsValid)
        {
            host.Error.WriteLine(Say.Text(VerifyCommand.TextOf(verified.Verdict), verified.Reason));
            return;
        }

        var content = verified.Content;
        host.Out.WriteLine(Say.Text(
            Messages.VerifyStatement, content.Number, content.Kind, content.Issuer, OperatorText.At(content.At), content.Entries.Count));
        foreach (var entry in content.Entries) host.Out.WriteLine(LineOf(entry));
        if (matches is true) host.Out.WriteLine(Messages.VerifyStatementFile);
        else if (matches is false) host.Error.WriteLine(Messages.VerifyStatementNoFile);
    }

    static string LineOf(StatementEntry entry)
    {
        var line = new StringBuilder("  ");
        if (entry.At is { } at) line.Append(OperatorText.At(at)).Append("  ");
        line.Append(entry.What);
        foreach (var part in new[] { entry.Origin, entry.TransferId, entry.Receiver, entry.Name, entry.Sha256?.ToString(), entry.Rule })
            if (part is not null) line.Append("  ").Append(part);
        return line.ToString();
    }

    static bool Speaks(StatementContent content, string path)
    {
        using var file = File.OpenRead(path);
        var digest = new Sha256Digest(SHA256.HashData(file));
        return content.Entries.Any(entry => entry.Sha256 == digest && entry.Size == file.Length);
    }
}
