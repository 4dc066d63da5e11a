using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Cli.Output;

/// <summary>Tells how a sending ended: one line for people or one JSON object for programs, and the exit code.</summary>
sealed class SendReport(CliHost host, bool json, IReadOnlyList<X509Certificate2> receiptTrust)
{
    /// <summary>Tells the end.</summary>
    /// <param name="order">What was to be sent.</param>
    /// <param name="outcome">How that ended.</param>
    /// <param name="elapsed">The time it took.</param>
    /// <param name="unwritten">Why the receipts could not be written to files; null when they were, or none were wanted.</param>
    /// <returns>The exit code.</returns>
    public int Finish(SendOrder order, SendOutcome outcome, TimeSpan elapsed, string? unwritten)
    {
        var result = Judge(order, outcome, elapsed, unwritten);
        if (json) JsonOutput.Write(host.Out, result.Json);
        else WriteLine(result.Code, result.Text);
        if (!json && result.Code == ExitCode.Ok) host.Out.WriteLine(Figures(outcome, elapsed));
        return result.Code;
    }

    /// <summary>Tells the end of a list: its sum, or one JSON object with all files.</summary>
    /// <param name="orders">The files.</param>
    /// <param name="results">How each ended; null where it was not come to.</param>
    /// <param name="elapsed">The time it took.</param>
    /// <param name="cancelled">Whether a signal ended it.</param>
    /// <returns>The exit code: the worst of the files'.</returns>
    public int FinishList(IReadOnlyList<SendOrder> orders, IReadOnlyList<SendResult?> results, TimeSpan elapsed, bool cancelled = false)
    {
        var code = cancelled ? ExitCode.Cancelled : ExitCode.Worst(results.Select(result => result?.Code ?? ExitCode.Temporary));
        var counts = results.GroupBy(result => NameOf(result?.Outcome.End ?? SendEnd.NotTried))
            .ToDictionary(ends => ends.Key, ends => ends.Count());
        var (sent, held) = (results.Sum(result => result?.Outcome.BytesSent ?? 0), results.Sum(result => result?.Outcome.BytesHeld ?? 0));
        if (json)
        {
            JsonOutput.Write(host.Out, new
            {
                ExitCode = code,
                Counts = counts,
                BytesSent = sent,
                BytesHeld = held,
                Seconds = Math.Round(elapsed.TotalSeconds, 3),
                Files = results.Select((result, index) => new
                {
                    File = orders[index].FilePath,
                    orders[index].Manifest.SetIndex,
                    Outcome = result?.Json ?? new { Result = NameOf(SendEnd.NotTried), ExitCode = ExitCode.Temporary },
                }),
            });
            return code;
        }

        WriteLine(code, Say.Text(Messages.ListSum, orders.Count,
            string.Join(", ", counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}")),
            Quantities.Size(sent), Quantities.Size(held), elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)));
        return code;
    }

    /// <summary>What a sending's end is worth, without telling it.</summary>
    public SendResult Judge(SendOrder order, SendOutcome outcome, TimeSpan elapsed, string? unwritten)
    {
        var flaw = FlawIn(outcome);
        var code = flaw is null ? CodeOf(outcome.End) : ExitCode.NotVerified;
        var text = flaw ?? TextOf(order, outcome);
        if (unwritten is not null)
        {
            // The same command brings the same receipts once the folder can be written to.
            if (code == ExitCode.Ok) code = ExitCode.Temporary;
            text = $"{text} {Say.Text(Messages.FileTrouble, unwritten)}";
        }

        return new SendResult(code, text, outcome, Describe(outcome, code, text, elapsed));
    }

    /// <summary>A line of result, or of diagnostics where the code is not 0.</summary>
    public void WriteLine(int code, string text) => (code == ExitCode.Ok ? host.Out : host.Error).WriteLine(text);

    /// <summary>The receipts that a sending brought.</summary>
    public static IReadOnlyList<ReceiptEntry> ReceiptsOf(SendOutcome outcome)
    {
        if (outcome.Receipts.Count > 0) return outcome.Receipts;
        return outcome.Accepted is { } accepted ? [accepted] : [];
    }

    /// <summary>Tells what would be sent, and sends nothing.</summary>
    /// <returns>The exit code.</returns>
    public int DryRun(SendOrder order, Uri server)
    {
        JsonOutput.Write(host.Out, Plan(order, server));
        return ExitCode.Ok;
    }

    /// <summary>Tells what would be sent of a list, and sends nothing.</summary>
    /// <returns>The exit code.</returns>
    public int DryRun(IReadOnlyList<SendOrder> orders, Uri server)
    {
        JsonOutput.Write(host.Out, orders.Select(order => Plan(order, server)));
        return ExitCode.Ok;
    }

    static object Plan(SendOrder order, Uri server)
    {
        var path = order.FilePath;
        var saved = path is null ? null : Saved(TransferStateFile.PathFor(path));
        return new
        {
            Server = server,
            File = path is null ? null : Path.GetFullPath(path),
            Size = path is null ? (long?)null : FileStamp.Of(path).Size,
            UnfinishedTransferId = saved is { AcceptedAt: null } ? saved.TransferId : null,
            AcceptedTransferId = saved is { AcceptedAt: not null } ? saved.TransferId : null,
            order.ChunkSize,
            order.Manifest,
        };
    }

    // Only where certificates are known: without them a receipt is kept for whoever has them.
    string? FlawIn(SendOutcome outcome)
    {
        if (receiptTrust.Count == 0) return null;
        foreach (var receipt in ReceiptsOf(outcome))
        {
            var verified = ReceiptVerifier.Verify(receipt.ReceiptDocument, receiptTrust);
            if (!verified.IsValid) return Say.Text(Messages.SendReceiptInvalid, receipt.ReceiptId, receipt.Issuer, verified.Reason);
            if (verified.Content.Size != receipt.Size || verified.Content.Sha256 != receipt.Sha256)
                return Say.Text(Messages.SendReceiptInvalid, receipt.ReceiptId, receipt.Issuer, "size, sha256");
        }
        return null;
    }

    static SavedTransfer? Saved(string statePath)
    {
        try
        {
            return TransferStateFile.Read(statePath);
        }
        catch (JsonException e)
        {
            throw new UsageException(Say.Text(Messages.SendStateConflict, statePath, e.Message));
        }
    }

    static int CodeOf(SendEnd end) => end switch
    {
        SendEnd.Accepted or SendEnd.Delivered => ExitCode.Ok,
        SendEnd.NotDeliveredInTime => ExitCode.NotDelivered,
        SendEnd.DeliveryFailed => ExitCode.DeliveryFailed,
        SendEnd.Refused => ExitCode.Refused,
        SendEnd.FileChanged => ExitCode.FileChanged,
        SendEnd.TakenOver => ExitCode.TakenOver,
        SendEnd.ReceiptMismatch => ExitCode.NotVerified,
        SendEnd.StateConflict or SendEnd.Unreadable => ExitCode.Usage,
        _ => ExitCode.Temporary,
    };

    static string TextOf(SendOrder order, SendOutcome outcome)
    {
        var state = order.FilePath is { } path ? TransferStateFile.PathFor(path) : "";
        return outcome.End switch
        {
            SendEnd.Accepted => Say.Text(Messages.SendAccepted, outcome.TransferId, outcome.Accepted!.Issuer, outcome.Accepted.ReceiptId),
            SendEnd.Delivered => Say.Text(Messages.SendDelivered, outcome.TransferId, string.Join(", ", order.Manifest.Receivers)),
            SendEnd.NotDeliveredInTime => Say.Text(Messages.SendNotDelivered, outcome.TransferId, outcome.Reason),
            SendEnd.DeliveryFailed => Say.Text(Messages.SendDeliveryFailed, outcome.TransferId, outcome.Reason),
            SendEnd.Refused => Say.Text(Messages.SendRefused, outcome.Reason),
            SendEnd.FileChanged => Say.Text(Messages.SendFileChanged, order.FilePath, outcome.TransferId, state),
            SendEnd.ReceiptMismatch => Say.Text(Messages.SendReceiptMismatch, outcome.Reason),
            SendEnd.TakenOver => Say.Text(Messages.SendTakenOver, outcome.TransferId),
            SendEnd.StateConflict => Say.Text(Messages.SendStateConflict, state, outcome.Reason),
            SendEnd.Unreadable => Say.Text(Messages.FileTrouble, outcome.Reason),
            SendEnd.NotTried => Say.Text(Messages.SendNotTried, outcome.Reason),
            _ => Say.Text(outcome.Accepted is null ? Messages.SendUnavailable : Messages.SendUnavailableLater, outcome.Reason),
        };
    }

    static string Figures(SendOutcome outcome, TimeSpan elapsed) => Say.Text(Messages.SendFigures,
        Quantities.Size(outcome.Size), outcome.Accepted?.Sha256, Quantities.Size(outcome.BytesSent), Quantities.Size(outcome.BytesHeld),
        elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));

    static string NameOf(SendEnd end) => char.ToLowerInvariant(end.ToString()[0]) + end.ToString()[1..];

    static object Describe(SendOutcome outcome, int code, string text, TimeSpan elapsed) => new
    {
        Result = NameOf(outcome.End),
        ExitCode = code,
        Text = text,
        ErrorCode = outcome.Refusal?.Code,
        ErrorSide = outcome.Refusal is { } refusal ? Enum.GetName<FaultSide>(refusal.Side)!.ToLowerInvariant() : null,
        RetryAfterSeconds = outcome.Refusal?.RetryAfter?.TotalSeconds,
        outcome.TransferId,
        outcome.Size,
        outcome.Accepted?.Sha256,
        outcome.BytesSent,
        outcome.BytesHeld,
        Seconds = Math.Round(elapsed.TotalSeconds, 3),
        Receipt = outcome.Accepted is { } accepted ? new ReceiptLine(accepted) : null,
        Receipts = outcome.Receipts.Select(receipt => new ReceiptLine(receipt)),
        outcome.Deliveries,
    };
}
